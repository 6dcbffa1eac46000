package org.avatarengine.source.apps.whatsapp;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.avatarengine.event.AppContent;
import org.avatarengine.event.GroupChange;
import org.jspecify.annotations.Nullable;

/** Texts that the app itself writes instead of a message, in the supported languages. */
final class Notes {
    private static final String MARK = "[\\u200e\\u200f]?";
    private static final Pattern ATTACHED_IOS =
            Pattern.compile("^" + MARK + "<[^<>:\\n]{2,40}: ?([^<>\\n/\\\\]{1,200}\\.[A-Za-z0-9]{2,5})>");
    private static final Pattern ATTACHED_ANDROID = Pattern.compile(
            "^" + MARK + "([^\\s/\\\\:][^\\n/\\\\]{0,200}\\.[A-Za-z0-9]{2,5}) \\([^()\\n]{4,60}\\)(?=\\n|$)");
    private static final Pattern OMITTED = Pattern.compile("^" + MARK + "<\\p{L}[^<>\\n]{5,40}>$");
    private static final Pattern EDITED = Pattern.compile("\\s?[\\u200e\\u200f]<[^<>\\n]{6,60}>$");
    private static final Pattern PLACE =
            Pattern.compile("^" + MARK + "(?:([^:\\n]{3,40}): )?(https://maps\\.google\\.com/\\?q=\\S+)$");
    private static final Pattern OPTION = Pattern.compile("^" + MARK + "OPTION: (.*?) \\(\\d+ votes?\\)$");

    /** Parts of the texts that iOS writes for omitted media, such as "image omitted". */
    private static final Set<String> OMISSION = Set.of(
            "omitted",
            "weggelassen",
            "omitido",
            "omitida",
            "omise",
            "omis",
            "omesso",
            "omessa",
            "ocultado",
            "oculta",
            "oculto",
            "ausgeschlossen",
            "weggelaten",
            "pominięto",
            "пропущено",
            "пропущен",
            "utelatt",
            "utelämnad",
            "udeladt",
            "pois",
            "atlandı",
            "edilmedi",
            "محذوف",
            "略過",
            "省略",
            "생략");

    private static final List<Pattern> DELETED = List.of(
            Pattern.compile("(this message was deleted|you deleted this message)\\.?"),
            Pattern.compile("(diese nachricht wurde gelöscht|du hast diese nachricht gelöscht)\\.?"),
            Pattern.compile("(se eliminó este mensaje|eliminaste este mensaje|este mensaje fue eliminado)\\.?"),
            Pattern.compile("(ce message a été supprimé|vous avez supprimé ce message)\\.?"),
            Pattern.compile("(questo messaggio è stato eliminato|hai eliminato questo messaggio)\\.?"),
            Pattern.compile("((esta )?mensagem (foi )?apagada|você apagou esta mensagem|apagou esta mensagem)\\.?"),
            Pattern.compile("(dit bericht is verwijderd|je hebt dit bericht verwijderd)\\.?"),
            Pattern.compile("(данное сообщение удалено|вы удалили данное сообщение)\\.?"),
            Pattern.compile("(bu mesaj silindi|bu mesajı sildiniz)\\.?"));

    private Notes() {}

    /**
     * The content of a message.
     *
     * @param text the sender's text, without the app's texts
     * @param file the name of an attached file
     * @param omitted whether media is missing from the export
     * @param deleted whether the message was unsent
     * @param note whether the whole text is by the app and has none of these kinds
     */
    record Content(
            String text,
            @Nullable String file,
            boolean omitted,
            boolean deleted,
            boolean note,
            @Nullable AppContent app) {
        static Content of(String text) {
            return new Content(text, null, false, false, false, null);
        }
    }

    /** @param marked whether the app marked the line as written by itself */
    static Content read(String raw, boolean marked) {
        for (Pattern pattern : List.of(ATTACHED_IOS, ATTACHED_ANDROID)) {
            Matcher attached = pattern.matcher(raw);
            if (attached.find()) {
                String caption = raw.substring(attached.end()).strip();
                return new Content(caption, attached.group(1).strip(), false, false, false, null);
            }
        }
        String plain = raw.replaceAll("[\\u200e\\u200f]", "").strip();
        String lower = plain.toLowerCase(Locale.ROOT);
        if (DELETED.stream().anyMatch(deleted -> deleted.matcher(lower).matches())) {
            return new Content("", null, false, true, false, null);
        }
        boolean own = marked || raw.startsWith("\u200e");
        boolean omission = own
                && lower.length() < 60
                && List.of(lower.split("[\\s:]+")).stream().anyMatch(OMISSION::contains);
        if (omission || OMITTED.matcher(raw).matches()) {
            return new Content("", null, true, false, false, null);
        }
        Matcher place = PLACE.matcher(raw);
        if (place.matches()) {
            return new Content(
                    "",
                    null,
                    false,
                    false,
                    false,
                    app(AppContent.Kind.PLACE, place.group(1), place.group(2), List.of()));
        }
        if (plain.startsWith("POLL:\n")) {
            return poll(raw);
        }
        Matcher edited = EDITED.matcher(raw);
        if (edited.find() && edited.start() > 0) {
            return Content.of(raw.substring(0, edited.start()));
        }
        return new Content(raw, null, false, false, own, null);
    }

    private static Content poll(String raw) {
        List<AppContent.Option> options = new ArrayList<>();
        StringBuilder question = new StringBuilder();
        for (String line : raw.lines().skip(1).toList()) {
            Matcher option = OPTION.matcher(line);
            if (option.matches()) {
                options.add(new AppContent.Option(String.valueOf(options.size() + 1), option.group(1), null));
            } else if (options.isEmpty() && !line.isBlank()) {
                question.append(question.isEmpty() ? "" : "\n").append(line);
            }
        }
        return new Content(
                "", null, false, false, false, app(AppContent.Kind.POLL, question.toString(), null, options));
    }

    private static AppContent app(
            AppContent.Kind kind, @Nullable String title, @Nullable String url, List<AppContent.Option> options) {
        return new AppContent(
                kind, "whatsapp", "WhatsApp", title, null, url, null, null, null, null, options, null, null);
    }

    /** A change of a group, with the names in it. A note of an unknown kind is kept as it is. */
    record Happened(
            GroupChange.Kind kind,
            @Nullable String actor,
            @Nullable String subject,
            @Nullable String title) {}

    private record Form(GroupChange.Kind kind, Pattern pattern) {}

    private static final String WHO = "(?<actor>[^\"“”]{1,80}?)";
    private static final List<Form> FORMS = List.of(
            new Form(
                    GroupChange.Kind.RENAMED,
                    Pattern.compile(WHO
                            + " changed the (?:subject|group name) (?:from [\"“].*[\"”] )?to [\"“](?<title>.*)[\"”]")),
            new Form(GroupChange.Kind.RENAMED, Pattern.compile(WHO + " created (?:the )?group [\"“](?<title>.*)[\"”]")),
            new Form(GroupChange.Kind.MEMBER_ADDED, Pattern.compile(WHO + " added (?<subject>[^\"“”]{1,80})")),
            new Form(GroupChange.Kind.MEMBER_REMOVED, Pattern.compile(WHO + " removed (?<subject>[^\"“”]{1,80})")),
            new Form(GroupChange.Kind.MEMBER_ADDED, Pattern.compile("(?<subject>.{1,80}?) joined using .*")),
            new Form(GroupChange.Kind.MEMBER_LEFT, Pattern.compile("(?<subject>.{1,80}?) left")),
            new Form(
                    GroupChange.Kind.NUMBER_CHANGED,
                    Pattern.compile("(?<subject>.{1,80}?) changed (?:their|to) .*number.*")),
            new Form(GroupChange.Kind.PHOTO_CHANGED, Pattern.compile(WHO + " changed (?:this|the) group's icon")),
            new Form(
                    GroupChange.Kind.PHOTO_REMOVED,
                    Pattern.compile(WHO + " (?:deleted|removed) (?:this|the) group's icon")));

    static Happened happened(String note) {
        String plain = note.replaceAll("[\\u200e\\u200f]", "").strip();
        for (Form form : FORMS) {
            Matcher matcher = form.pattern.matcher(plain);
            if (matcher.matches()) {
                return new Happened(
                        form.kind, group(matcher, "actor"), group(matcher, "subject"), group(matcher, "title"));
            }
        }
        return new Happened(GroupChange.Kind.UNKNOWN, null, null, plain);
    }

    private static @Nullable String group(Matcher matcher, String name) {
        return matcher.namedGroups().containsKey(name) ? matcher.group(name) : null;
    }
}
