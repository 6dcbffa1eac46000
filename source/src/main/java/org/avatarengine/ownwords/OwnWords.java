package org.avatarengine.ownwords;

import java.util.List;
import java.util.regex.Pattern;
import org.avatarengine.event.Message;
import org.avatarengine.event.MessageKind;
import org.avatarengine.event.Service;
import org.avatarengine.event.TextRange;

/**
 * The one place that decides which words of a message are its sender's own. Sources say what they know: a message's
 * {@link MessageKind} and the ranges of quoted and forwarded text. Texts from every source are also searched for what
 * phones and people put into plain text: reactions told in a sentence, codes, lines that begin with {@code >}.
 *
 * @param kind how the text came about
 * @param text the sender's own words, with the placeholders of attachments; empty if the kind is not typed
 */
public record OwnWords(MessageKind kind, String text) {
    private static final Pattern QUOTED_LINES = Pattern.compile("(?m)^>.*(\\R|$)");

    /** The own words of a message. */
    public static OwnWords of(Message message) {
        return of(
                message.body().text(), message.body().ranges(), message.kind(), message.service(), message.fromOwner());
    }

    /**
     * The own words of a text.
     *
     * @param ranges the marked ranges of the text
     * @param told the kind, as far as the source knows it
     * @param byOwner whether the owner sent it; nobody sends codes to sign in
     */
    public static OwnWords of(String text, List<TextRange> ranges, MessageKind told, Service service, boolean byOwner) {
        if (told != MessageKind.TYPED) {
            return new OwnWords(told, "");
        }
        if (text.isEmpty()) {
            return new OwnWords(told, text);
        }
        if (has(ranges, TextRange.Kind.ONE_TIME_CODE)
                || !byOwner && service != Service.EMAIL && OneTimeCodes.isOne(text)) {
            return new OwnWords(MessageKind.ONE_TIME_CODE, "");
        }
        if (ReactionSentences.isOne(text)) {
            return new OwnWords(MessageKind.REACTION_TEXT, "");
        }
        String own = without(text, ranges);
        if (own.indexOf('>') >= 0) {
            own = QUOTED_LINES.matcher(own).replaceAll("");
        }
        if (!own.equals(text) && own.replace("\uFFFC", "").isBlank()) {
            return new OwnWords(has(ranges, TextRange.Kind.FORWARDED) ? MessageKind.FORWARDED : MessageKind.QUOTED, "");
        }
        return new OwnWords(told, own.equals(text) ? text : own.strip());
    }

    private static boolean has(List<TextRange> ranges, TextRange.Kind kind) {
        for (TextRange range : ranges) {
            if (range.kind() == kind) {
                return true;
            }
        }
        return false;
    }

    private static String without(String text, List<TextRange> ranges) {
        StringBuilder own = null;
        int from = 0;
        for (TextRange range : ranges) {
            boolean others = switch (range.kind()) {
                case QUOTED, FORWARDED, SIGNATURE -> true;
                default -> false;
            };
            if (others && range.end() > from) {
                own = own == null ? new StringBuilder() : own;
                own.append(text, from, Math.max(from, range.start()));
                from = range.end();
            }
        }
        return own == null ? text : own.append(text, from, text.length()).toString();
    }
}
