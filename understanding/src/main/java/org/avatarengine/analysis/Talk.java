package org.avatarengine.analysis;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import org.avatarengine.language.Utterance;
import org.avatarengine.text.Token;
import org.jspecify.annotations.Nullable;

/**
 * A conversation that is read line by line.
 *
 * @param members the ids of the people in it
 */
record Talk(String id, boolean group, List<String> members) {

    /**
     * A message.
     *
     * @param sender the id of the sender
     * @param local the time when it was sent, in the time zone of the analysis
     * @param text the text; empty for an attachment alone
     * @param utterance the analyzed text
     * @param counts whether the text is the sender's own words, not automated and not a one-time code
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

    /** A mention of a person, with the name that is used. */
    record Mention(String person, String name) {}
}
