package org.avatarengine.analysis;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import org.avatarengine.language.Utterance;
import org.avatarengine.text.Token;
import org.jspecify.annotations.Nullable;

/**
 * A conversation with its messages in the order of time.
 *
 * @param members the ids of the people in it
 */
record Talk(String id, boolean group, List<String> members, List<Line> lines) {

    /**
     * A message.
     *
     * @param sender the id of who wrote it
     * @param local when it was sent, in the time zone of the analysis
     * @param text what was written; empty for an attachment alone
     * @param utterance the text taken apart
     * @param counts whether the text is the sender's own words: not that of a machine, and no one-time code
     */
    record Line(
            String id,
            String sender,
            ZonedDateTime local,
            String text,
            Utterance utterance,
            boolean counts,
            @Nullable Mention mention) {
        Instant at() {
            return local.toInstant();
        }

        List<Token> tokens() {
            return utterance.tokens();
        }
    }

    /** A person that a message mentions, and what it calls them. */
    record Mention(String person, String name) {}

    /** Who the message is to, when that is one person: the other one of two, or who wrote just before or just after. */
    @Nullable
    String addressee(int line) {
        String sender = lines.get(line).sender();
        if (!group) {
            return members.stream().filter(m -> !m.equals(sender)).findFirst().orElse(null);
        }
        for (int near : new int[] {line + 1, line - 1}) {
            if (near >= 0 && near < lines.size() && !lines.get(near).sender().equals(sender)) {
                return lines.get(near).sender();
            }
        }
        return null;
    }
}
