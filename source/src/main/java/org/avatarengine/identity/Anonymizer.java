package org.avatarengine.identity;

import com.google.i18n.phonenumbers.PhoneNumberMatch;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.avatarengine.event.AppContent;
import org.avatarengine.event.Attachment;
import org.avatarengine.event.Body;
import org.avatarengine.event.Contact;
import org.avatarengine.event.Conversation;
import org.avatarengine.event.Event;
import org.avatarengine.event.GroupChange;
import org.avatarengine.event.Handle;
import org.avatarengine.event.Message;
import org.avatarengine.event.Reaction;
import org.avatarengine.event.TextRange;
import org.jspecify.annotations.Nullable;

/**
 * Replaces phone numbers and e-mail addresses by keyed hashes (HMAC-SHA-256, 64 bits shown), in handles and anywhere in
 * texts. With the same key, the same address always gets the same hash. Without the key, the address cannot be found,
 * not even by trying all phone numbers. Names are kept.
 */
public final class Anonymizer implements UnaryOperator<Event> {
    private static final Pattern EMAIL = Pattern.compile("[\\w.+-]{1,64}@[\\w-]+(?:\\.[\\w-]+)+");
    private static final int DIGITS_OF_A_NUMBER = 7;

    private final SecretKeySpec key;
    private final HandleNormalizer normalizer;
    private final String region;

    /** @param key at least 32 secret random bytes, which stay in the user's store */
    public Anonymizer(byte[] key, HandleNormalizer normalizer, String region) {
        if (key.length < 32) {
            throw new IllegalArgumentException("The key must have at least 32 bytes.");
        }
        this.key = new SecretKeySpec(key, "HmacSHA256");
        this.normalizer = normalizer;
        this.region = region;
    }

    @Override
    public Event apply(Event event) {
        return switch (event) {
            case Contact c ->
                new Contact(
                        c.id(),
                        c.name(),
                        c.givenName(),
                        c.familyName(),
                        c.nickname(),
                        c.organization(),
                        c.handles().stream().map(this::handle).toList(),
                        c.related(),
                        c.owner(),
                        c.profile());
            case Conversation c ->
                new Conversation(
                        conversation(c.id()),
                        text(c.name()),
                        c.service(),
                        c.participants().stream().map(this::handle).toList(),
                        c.group());
            case Message m -> message(m);
            case Reaction r ->
                new Reaction(
                        r.id(),
                        r.targetId(),
                        r.targetPart(),
                        conversations(r.conversationIds()),
                        nullable(r.sender()),
                        r.fromOwner(),
                        r.sentAt(),
                        r.kind(),
                        r.emoji(),
                        r.removed(),
                        r.attachments().stream().map(this::attachment).toList(),
                        r.provenance());
            case GroupChange g ->
                new GroupChange(
                        g.id(),
                        conversations(g.conversationIds()),
                        g.kind(),
                        nullable(g.actor()),
                        g.byOwner(),
                        nullable(g.subject()),
                        text(g.title()),
                        g.at(),
                        g.provenance());
        };
    }

    private Message message(Message m) {
        return new Message(
                m.id(),
                conversations(m.conversationIds()),
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
                m.replyTo(),
                m.attachments().stream().map(this::attachment).toList(),
                m.app() == null ? null : app(m.app()),
                m.effect(),
                m.provenance());
    }

    private @Nullable Handle nullable(@Nullable Handle handle) {
        return handle == null ? null : handle(handle);
    }

    private Handle handle(Handle handle) {
        String hidden = hide(handle.value());
        return new Handle(hidden, handle.kind(), hidden, handle.country());
    }

    private String hide(String address) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            byte[] digest = mac.doFinal(address.getBytes(StandardCharsets.UTF_8));
            return "anon-" + HexFormat.of().formatHex(digest, 0, 8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform supports HmacSHA256.", e);
        }
    }

    private List<String> conversations(List<String> ids) {
        return ids.stream().map(this::conversation).toList();
    }

    /** Identifiers of chats may end with the addresses of participants: {@code iMessage;-;+1…}, {@code sms:+1…,+1…}. */
    private String conversation(String id) {
        int begin = Math.max(id.lastIndexOf(';'), id.indexOf(':')) + 1;
        String end = Arrays.stream(id.substring(begin).split(",", -1))
                .map(part -> {
                    Handle handle = normalizer.normalize(part);
                    return handle.kind() == Handle.Kind.ACCOUNT ? redact(part) : hide(handle.value());
                })
                .collect(Collectors.joining(","));
        return id.substring(0, begin) + end;
    }

    private Attachment attachment(Attachment a) {
        // The path contains the user's home folder, and often the sender.
        return new Attachment(
                a.id(),
                text(a.name()),
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
                text(a.url()),
                a.amount(),
                a.address(),
                a.album(),
                a.site(),
                a.options().stream()
                        .map(o -> new AppContent.Option(
                                o.id(),
                                text(o.text()),
                                o.voter() == null
                                        ? null
                                        : hide(normalizer.normalize(o.voter()).value())))
                        .toList(),
                a.strokes(),
                a.problem());
    }

    private @Nullable String text(@Nullable String text) {
        return text == null ? null : redact(text);
    }

    private record Found(int start, int end, String replacement) {}

    private String redact(String text) {
        return replace(text, find(text));
    }

    private List<Found> find(String text) {
        List<Found> found = new ArrayList<>();
        if (text.indexOf('@') >= 0) {
            Matcher matcher = EMAIL.matcher(text);
            while (matcher.find()) {
                found.add(new Found(
                        matcher.start(),
                        matcher.end(),
                        hide(normalizer.normalize(matcher.group()).value())));
            }
        }
        if (text.chars().filter(Character::isDigit).limit(DIGITS_OF_A_NUMBER).count() == DIGITS_OF_A_NUMBER) {
            for (PhoneNumberMatch match : PhoneNumberUtil.getInstance().findNumbers(text, region)) {
                Found number = new Found(
                        match.start(),
                        match.end(),
                        hide(normalizer.normalize(match.rawString()).value()));
                if (found.stream().noneMatch(f -> f.start < number.end && number.start < f.end)) {
                    found.add(number);
                }
            }
        }
        found.sort(Comparator.comparingInt(Found::start));
        return found;
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
        List<Found> found = find(body.text());
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
            case MENTION -> hide(normalizer.normalize(value).value());
            case LINK, TRANSCRIPTION, DETECTED -> redact(value);
            default -> value;
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
