package org.avatarengine.anonymize;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.avatarengine.event.AppContent;
import org.avatarengine.event.Attachment;
import org.avatarengine.event.Body;
import org.avatarengine.event.Contact;
import org.avatarengine.event.Conversation;
import org.avatarengine.event.Event;
import org.avatarengine.event.GroupChange;
import org.avatarengine.event.Handle;
import org.avatarengine.event.Message;
import org.avatarengine.event.Provenance;
import org.avatarengine.event.Reaction;
import org.avatarengine.event.TextRange;
import org.avatarengine.identity.HandleNormalizer;
import org.jspecify.annotations.Nullable;

/**
 * Replaces whatever identifies a person with pseudonyms: phone numbers, e-mail addresses, names and account names, in
 * every field and anywhere in texts, and the identifiers, group names and file names that may contain them. Long numbers
 * in texts are replaced too, because they may identify somebody (an account, a card, a number of another country).
 */
public final class Anonymizer implements UnaryOperator<Event> {
    private static final Pattern EMAIL =
            Pattern.compile("[\\p{L}\\p{N}._%+-]{1,64}@[\\p{L}\\p{N}-]+(?:\\.[\\p{L}\\p{N}-]+)+");

    /** At least seven digits in any script, with the separators that people write in numbers. */
    private static final Pattern NUMBER =
            Pattern.compile("[+(]?\\p{Nd}(?:[\\p{Zs}\\p{Pd}\\p{Cf}().,/]{0,3}\\p{Nd}){6,}");

    /** A date, a date with a time, and amounts such as 1,250,000, which are not replaced. */
    private static final Pattern HARMLESS =
            Pattern.compile("(?:\\d{4}-\\d{1,2}-\\d{1,2}|\\d{1,2}[./-]\\d{1,2}[./-]\\d{4})"
                    + "(?:[ ,]{1,2}\\d{1,2}(?:[.]\\d{2})?)?|\\d{1,3}(?:[.,]\\d{3}){2,4}");

    private static final int DIGITS_OF_A_NUMBER = 7;

    private static final Pattern LINK = Pattern.compile("(?i)(https?://)([^/?#\\s]+)([/?#]\\S*)?");

    private final Pseudonyms pseudonyms;
    private final HandleNormalizer normalizer;
    private final KnownNames names;

    public Anonymizer(Pseudonyms pseudonyms, HandleNormalizer normalizer, KnownNames names) {
        this.pseudonyms = pseudonyms;
        this.normalizer = normalizer;
        this.names = names;
    }

    /** The identifier of an anonymized source. */
    String sourceId(String id) {
        return pseudonyms.id(id) + "#anonymized";
    }

    String id(String id) {
        return pseudonyms.id(id);
    }

    @Override
    public Event apply(Event event) {
        return switch (event) {
            case Contact c ->
                new Contact(
                        id(c.id()),
                        name(c.name()),
                        name(c.givenName()),
                        name(c.familyName()),
                        name(c.nickname()),
                        name(c.organization()),
                        c.handles().stream().map(this::handle).toList(),
                        c.related().stream()
                                .map(one -> new Contact.Related(one.role(), allWords(one.name())))
                                .toList(),
                        c.owner(),
                        c.profile());
            case Conversation c ->
                new Conversation(
                        id(c.id()),
                        c.name() == null ? null : pseudonyms.group(c.name()),
                        c.service(),
                        c.participants().stream().map(this::handle).toList(),
                        c.group(),
                        ids(c.aliases()));
            case Message m -> message(m);
            case Reaction r ->
                new Reaction(
                        id(r.id()),
                        id(r.targetId()),
                        r.targetPart(),
                        ids(r.conversationIds()),
                        nullable(r.sender()),
                        r.fromOwner(),
                        r.sentAt(),
                        r.kind(),
                        r.emoji(),
                        r.removed(),
                        r.attachments().stream().map(this::attachment).toList(),
                        provenance(r.provenance()));
            case GroupChange g ->
                new GroupChange(
                        id(g.id()),
                        ids(g.conversationIds()),
                        g.kind(),
                        nullable(g.actor()),
                        g.byOwner(),
                        nullable(g.subject()),
                        g.title() == null ? null : pseudonyms.group(g.title()),
                        g.at(),
                        provenance(g.provenance()));
        };
    }

    private Message message(Message m) {
        return new Message(
                id(m.id()),
                ids(m.conversationIds()),
                nullable(m.sender()),
                m.fromOwner(),
                m.sentAt(),
                m.readAt(),
                m.deliveredAt(),
                m.editedAt(),
                m.deletedAt(),
                m.service(),
                text(m.subject()),
                body(m.body()),
                m.edits().stream()
                        .map(e -> new Message.Edit(e.part(), e.version(), e.writtenAt(), redact(e.text())))
                        .toList(),
                m.unsentParts(),
                m.replyTo() == null
                        ? null
                        : new Message.ReplyTo(
                                id(m.replyTo().messageId()), m.replyTo().part()),
                m.attachments().stream().map(this::attachment).toList(),
                m.app() == null ? null : app(m.app()),
                m.effect(),
                m.kind(),
                provenance(m.provenance()));
    }

    private @Nullable Handle nullable(@Nullable Handle handle) {
        return handle == null ? null : handle(handle);
    }

    private Handle handle(Handle handle) {
        String hidden = pseudonyms.address(handle.value());
        return new Handle(hidden, handle.kind(), hidden, handle.country());
    }

    private List<String> ids(List<String> ids) {
        return ids.stream().map(this::id).toList();
    }

    private Provenance provenance(Provenance from) {
        return new Provenance(id(from.source()), from.row());
    }

    /** A name, of which each word is replaced. A name that is an address has the pseudonym of the address. */
    private @Nullable String name(@Nullable String name) {
        return name == null ? null : allWords(name);
    }

    private String allWords(String name) {
        return replace(name, find(name, word -> true));
    }

    private Attachment attachment(Attachment a) {
        // The path contains the user's home folder, and often the sender.
        return new Attachment(
                id(a.id()),
                a.name() == null ? null : pseudonyms.file(a.name()),
                null,
                a.mimeType(),
                a.uti(),
                a.bytes(),
                a.createdAt(),
                a.sticker(),
                text(a.transcription()),
                a.missing());
    }

    private AppContent app(AppContent a) {
        return new AppContent(
                a.kind(),
                a.bundleId(),
                a.appName(),
                text(a.title()),
                text(a.subtitle()),
                a.url() == null ? null : link(a.url()),
                a.amount(),
                a.address() == null ? null : pseudonyms.address(a.address()),
                text(a.album()),
                text(a.site()),
                a.options().stream()
                        .map(o -> new AppContent.Option(
                                id(o.id()), text(o.text()), o.voter() == null ? null : address(o.voter())))
                        .toList(),
                a.strokes(),
                a.problem());
    }

    private String address(String raw) {
        return pseudonyms.address(normalizer.normalize(raw).value());
    }

    /** The server of a link. The rest may contain names, addresses and identifiers in any coding. */
    private String link(String url) {
        Matcher link = LINK.matcher(url);
        return link.matches()
                ? link.group(1) + redact(link.group(2)) + (link.group(3) == null ? "" : "/")
                : pseudonyms.address(url);
    }

    private @Nullable String text(@Nullable String text) {
        return text == null ? null : redact(text);
    }

    private record Found(int start, int end, String replacement) {}

    private String redact(String text) {
        return replace(text, find(text, names::contains));
    }

    /** The identifying parts of a text, in order and without overlaps. What is found first wins. */
    private List<Found> find(String text, Predicate<String> isName) {
        List<Found> found = new ArrayList<>();
        if (text.indexOf("://") >= 0) {
            each(LINK, text, found, match -> link(match.group()));
        }
        if (text.indexOf('@') >= 0) {
            each(EMAIL, text, found, match -> address(match.group()));
        }
        if (text.chars().filter(Character::isDigit).limit(DIGITS_OF_A_NUMBER).count() == DIGITS_OF_A_NUMBER) {
            each(
                    NUMBER,
                    text,
                    found,
                    match -> HARMLESS.matcher(match.group()).matches()
                            ? match.group()
                            : address(latinDigits(match.group())));
        }
        for (String name : names.unspaced()) {
            for (int at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length())) {
                add(found, new Found(at, at + name.length(), pseudonyms.name(name)));
            }
        }
        Matcher words = KnownNames.WORD.matcher(text);
        while (words.find()) {
            String word = words.group();
            if (isName.test(word)) {
                add(found, new Found(words.start(), words.end(), pseudonyms.name(word)));
            } else if (word.length() > 3 && word.endsWith("s") && isName.test(word.substring(0, word.length() - 1))) {
                String name = word.substring(0, word.length() - 1); // a genitive or a plural
                add(found, new Found(words.start(), words.end() - 1, pseudonyms.name(name)));
            }
        }
        found.sort(Comparator.comparingInt(Found::start));
        return found;
    }

    private static void each(Pattern pattern, String text, List<Found> found, Function<MatchResult, String> hidden) {
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            add(found, new Found(matcher.start(), matcher.end(), hidden.apply(matcher)));
        }
    }

    private static void add(List<Found> found, Found one) {
        if (found.stream().noneMatch(other -> other.start < one.end && one.start < other.end)) {
            found.add(one);
        }
    }

    private static String latinDigits(String number) {
        StringBuilder plain = new StringBuilder();
        number.codePoints()
                .forEach(c -> plain.appendCodePoint(
                        Character.isDigit(c)
                                ? '0' + Character.digit(c, 10)
                                : Character.getType(c) == Character.FORMAT ? ' ' : c));
        return plain.toString();
    }

    private static String replace(String text, List<Found> found) {
        if (found.isEmpty()) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        int at = 0;
        for (Found f : found) {
            out.append(text, at, f.start).append(f.replacement);
            at = f.end;
        }
        return out.append(text, at, text.length()).toString();
    }

    private Body body(Body body) {
        List<Found> found = find(body.text(), names::contains);
        List<TextRange> ranges = body.ranges().stream()
                .map(r -> new TextRange(
                        moved(r.start(), found, false), moved(r.end(), found, true), r.kind(), rangeValue(r)))
                .toList();
        return new Body(replace(body.text(), found), ranges, body.origin(), body.problem());
    }

    private @Nullable String rangeValue(TextRange range) {
        String value = range.value();
        if (value == null) {
            return null;
        }
        return switch (range.kind()) {
            case MENTION -> address(value);
            case LINK -> link(value);
            case TRANSCRIPTION, TRANSLATION, DETECTED, QUOTED, FORWARDED, SIGNATURE -> redact(value);
            case ATTACHMENT -> id(value);
            case PART, ONE_TIME_CODE, DATE, STYLE, EFFECT -> value;
        };
    }

    /** An offset after the replacements. An offset inside a replaced range moves to its end or start. */
    private static int moved(int offset, List<Found> found, boolean end) {
        int shift = 0;
        for (Found f : found) {
            if (offset >= f.end) {
                shift += f.replacement.length() - (f.end - f.start);
            } else if (offset > f.start) {
                return f.start + shift + (end ? f.replacement.length() : 0);
            }
        }
        return offset + shift;
    }
}
