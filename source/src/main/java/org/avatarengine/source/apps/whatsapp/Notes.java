package org.avatarengine.source.apps.whatsapp;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.avatarengine.event.AppContent;
import org.avatarengine.event.MessageKind;
import org.jspecify.annotations.Nullable;

/**
 * Tells what a sender typed from what the app wrote around it. On iOS the app puts a mark (U+200E) before its own texts,
 * so that they are recognized in any language. Android has no mark: there, only the texts of {@code notes.txt} count, so
 * that whatever people type between brackets stays.
 */
final class Notes {
    private static final char LRM = '\u200e';
    private static final String EXTENSION = "\\.[A-Za-z0-9]{1,5}";
    private static final String NAME = "([^<>:\\n/\\\\]{1,200}" + EXTENSION + ")";
    private static final Pattern ATTACHED_IOS = Pattern.compile(
            "[\\u200e\\u200f]?<[\\u200e\\u200f]?(?:[^<>:\\n]{2,40}: ?" + NAME + "|" + NAME + " [^<>:\\n]{2,40})>\\s*$");
    private static final Pattern ATTACHED_ANDROID = Pattern.compile(
            "^[\\u200e\\u200f]?([^\\s/\\\\:][^\\n/\\\\]{0,200}" + EXTENSION + ") \\(([^()\\n]{3,60})\\)(?=\\n|$)");

    /** Names that the app gives to files, which nobody types. */
    private static final Pattern GIVEN =
            Pattern.compile("(?:[A-Z]{3,5}-\\d{8}-WA\\d{4,}|\\d{8}-[^\\n]{1,150})" + EXTENSION);

    private static final Pattern BRACKETS = Pattern.compile("^[\\u200e\\u200f]?<([^<>\\n]{3,60})>(?=\\n|$)");
    private static final Pattern EDITED =
            Pattern.compile("\\s?[\\u200e\\u200f]?<[\\u200e\\u200f]?([^<>:\\n]{6,60})>\\s*$");
    private static final Pattern PLACE =
            Pattern.compile("^([\\u200e\\u200f]?)(?:([^:\\n]{3,40}?)\\s?: )?(https://maps\\.google\\.com/\\?q=\\S+)$");
    private static final Pattern VENUE =
            Pattern.compile("^([\\u200e\\u200f]?)(?s:(.{3,200}?))\\s(https://foursquare\\.com/v/\\S+)$");
    private static final Pattern TITLED = Pattern.compile("[^\\n/\\\\]{1,200}" + EXTENSION);
    private static final Pattern FIRST = Pattern.compile("[\\u200e\\u200f]?\\p{L}[\\p{L}\\p{M} ]{1,30}\\s?[:\uff1a]");
    private static final Pattern OPTION = Pattern.compile(
            "[\\u200e\\u200f]?(\\p{L}[\\p{L}\\p{M} ]{1,30}?)\\s?[:\uff1a] ?(.*?) ?[(\uff08]([^()\uff08\uff09]{1,40})[)\uff09]");

    /** The longest text by the app that says what is left out, or tells of a call. */
    private static final int SHORT = 60;

    private Notes() {}

    /**
     * The content of a message.
     *
     * @param text the sender's text, without the app's texts
     * @param file the name of an attached file in the export
     * @param title the name of an attached document as the sender saw it
     * @param omitted whether a file is missing from the export
     * @param deleted whether the message was unsent
     * @param edited whether the app says that the sender changed the message
     * @param note whether the whole text is by the app and has none of these kinds
     */
    record Content(
            String text,
            MessageKind kind,
            @Nullable String file,
            @Nullable String title,
            boolean omitted,
            boolean deleted,
            boolean edited,
            boolean note,
            @Nullable AppContent app) {
        private static Content typed(String text) {
            return new Content(text, MessageKind.TYPED, null, null, false, false, false, false, null);
        }

        private static Content by(MessageKind kind, String text, boolean note, @Nullable AppContent app) {
            return new Content(text, kind, null, null, false, false, false, note, app);
        }

        private static Content with(@Nullable String file, String caption, @Nullable String title) {
            return new Content(caption, MessageKind.TYPED, file, title, file == null, false, false, false, null);
        }

        private Content changed() {
            return new Content(text, kind, file, title, omitted, deleted, true, note, app);
        }

        /**
         * What stays the same in every export of a message: with its files or without, and with the votes of a poll at
         * that time.
         */
        String key() {
            if (app != null && app.kind() == AppContent.Kind.POLL) {
                return "poll " + app.title();
            }
            if (deleted) {
                return "deleted";
            }
            boolean attached = omitted || file != null;
            return attached ? "file " + text : app != null ? app.kind() + " " + app.url() : text;
        }
    }

    /**
     * @param marked whether the app marked the line as written by itself
     * @param there whether the export contains a file with this name
     */
    static Content read(String raw, boolean marked, Predicate<String> there) {
        boolean brackets = raw.indexOf('<') >= 0;
        Matcher edited = EDITED.matcher(raw);
        if (brackets && edited.find() && Phrases.isEdit(edited.group(1))) {
            Content content = read(raw.substring(0, edited.start()), marked, there);
            return content.note() ? content : content.changed();
        }
        Content attached = brackets || raw.indexOf('(') >= 0 ? attached(raw, there) : null;
        if (attached != null) {
            return attached;
        }
        boolean own = raw.startsWith("\u200e") || raw.startsWith("\u200f") && marked;
        if (Phrases.isDeletion(raw, own) && raw.length() < 2 * SHORT) {
            return new Content("", MessageKind.TYPED, null, null, false, true, false, false, null);
        }
        Content poll = raw.indexOf('\n') < 0 ? null : poll(raw);
        if (poll != null) {
            return poll;
        }
        Content place = raw.contains("https://") ? place(raw) : null;
        if (place != null) {
            return place;
        }
        Content omitted = omitted(raw, marked);
        if (omitted != null) {
            return omitted;
        }
        boolean call = own && raw.length() <= SHORT && Phrases.isCall(raw);
        if (call || Phrases.isLiveLocation(raw) || Phrases.isWaiting(raw)) {
            return Content.by(MessageKind.APP_MADE, withoutMarks(raw), false, null);
        }
        return own ? Content.by(MessageKind.APP_MADE, raw, true, null) : Content.typed(raw);
    }

    private static @Nullable Content attached(String raw, Predicate<String> there) {
        Matcher ios = ATTACHED_IOS.matcher(raw);
        if (ios.find() && isFile(raw.charAt(ios.start()) != '<', file(ios), there)) {
            String file = file(ios);
            String before = withoutPages(raw.substring(0, ios.start()));
            // "00000003-plan.pdf" is the file of "plan.pdf".
            String last = lastLine(before);
            boolean titled = !last.isEmpty() && file.endsWith(last);
            return Content.with(
                    file,
                    titled
                            ? before.substring(0, before.length() - last.length())
                                    .strip()
                            : before,
                    titled ? last : null);
        }
        Matcher android = ATTACHED_ANDROID.matcher(raw);
        if (android.find()) {
            String file = android.group(1).strip();
            if (isFile(Phrases.isAttached(android.group(2)), file, there)) {
                return Content.with(file, raw.substring(android.end()).strip(), null);
            }
        }
        return null;
    }

    /** The words stand before the name, in Turkish after it. */
    private static String file(Matcher attached) {
        return (attached.group(1) == null ? attached.group(2) : attached.group(1)).strip();
    }

    private static boolean isFile(boolean marked, String name, Predicate<String> there) {
        return marked || GIVEN.matcher(name).matches() || there.test(name);
    }

    /** Media that is not in the export. On iOS its caption or name stands before the app's text, on Android after it. */
    private static @Nullable Content omitted(String raw, boolean marked) {
        Matcher brackets = BRACKETS.matcher(raw);
        if (brackets.find() && Phrases.isOmission(brackets.group(1))) {
            return Content.with(null, raw.substring(brackets.end()).strip(), null);
        }
        int mark = raw.lastIndexOf(LRM);
        if (mark < 0) {
            return null;
        }
        String phrase = raw.substring(mark + 1);
        boolean known = phrase.length() <= SHORT && phrase.indexOf('\n') < 0 && Phrases.isOmission(phrase);
        if (mark == 0 && !known) {
            return null;
        }
        // In a marked line, what follows the last mark is by the app, even in a language that is not known.
        boolean own = marked && raw.charAt(0) != LRM && phrase.length() <= SHORT && phrase.indexOf('\n') < 0;
        if (!known && !(own && !phrase.isBlank())) {
            return null;
        }
        String before = withoutPages(raw.substring(0, mark));
        String last = lastLine(before);
        boolean titled = TITLED.matcher(last).matches() && !last.contains("://");
        return Content.with(
                null,
                titled ? before.substring(0, before.length() - last.length()).strip() : before,
                titled ? last : null);
    }

    /** Removes the number of pages between a document's name and the app's text: "plan.pdf • 2 pages". */
    private static String withoutPages(String before) {
        int dot = before.lastIndexOf('\u2022');
        boolean pages = dot >= 0 && before.indexOf(LRM, dot) >= 0 && before.length() - dot <= SHORT;
        return withoutMarks(pages ? before.substring(0, dot) : before).strip();
    }

    private static String lastLine(String text) {
        return text.substring(text.lastIndexOf('\n') + 1);
    }

    private static String withoutMarks(String text) {
        return text.replaceAll("[\\u200e\\u200f]", "");
    }

    private static @Nullable Content place(String raw) {
        Matcher place = PLACE.matcher(raw);
        if (place.matches()) {
            String word = place.group(2);
            boolean sure = !place.group(1).isEmpty() || word == null || Phrases.isLocation(word);
            return sure ? Content.by(MessageKind.TYPED, "", false, app(place.group(3), null, List.of())) : null;
        }
        Matcher venue = VENUE.matcher(raw);
        if (venue.matches() && !venue.group(1).isEmpty()) {
            return Content.by(MessageKind.TYPED, "", false, app(venue.group(3), venue.group(2), List.of()));
        }
        return null;
    }

    /**
     * A poll, in any language: a word with a colon, the question, and options that all begin with the same word and end
     * with the number of votes.
     */
    private static @Nullable Content poll(String raw) {
        List<String> lines = raw.lines().toList();
        if (lines.size() < 3 || !FIRST.matcher(lines.getFirst().strip()).matches()) {
            return null;
        }
        List<AppContent.Option> options = new ArrayList<>();
        StringBuilder question = new StringBuilder();
        String word = null;
        boolean counted = false;
        for (String line : lines.subList(1, lines.size())) {
            Matcher option = OPTION.matcher(line.strip());
            if (option.matches()
                    && (word == null
                            ? isCapital(option.group(1))
                            : option.group(1).equals(word))) {
                word = option.group(1);
                counted |= option.group(3).chars().anyMatch(Character::isDigit);
                options.add(new AppContent.Option(String.valueOf(options.size() + 1), option.group(2), null));
            } else if (word != null && !line.isBlank()) {
                return null;
            } else if (word == null && !line.isBlank()) {
                question.append(question.isEmpty() ? "" : "\n").append(line);
            }
        }
        boolean poll = counted && !question.isEmpty() && isCapital(lines.getFirst());
        return poll ? Content.by(MessageKind.TYPED, "", false, app(null, question.toString(), options)) : null;
    }

    /** In scripts that have capital letters, the app writes these words in them. */
    private static boolean isCapital(String word) {
        return word.chars().noneMatch(Character::isLowerCase);
    }

    private static AppContent app(@Nullable String url, @Nullable String title, List<AppContent.Option> options) {
        return new AppContent(
                options.isEmpty() ? AppContent.Kind.PLACE : AppContent.Kind.POLL,
                "whatsapp",
                "WhatsApp",
                title,
                null,
                url,
                null,
                null,
                null,
                null,
                options,
                null,
                null);
    }
}
