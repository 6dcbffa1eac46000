package org.avatarengine.dataset;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a model learnt from.
 *
 * @param first when the first session began
 * @param last when the last one did
 * @param audiences how many turns were learnt for each, the most first
 * @param drops how much was not learnt, and why
 */
public record DataCard(
        Count train,
        Count valid,
        Count test,
        @Nullable Instant first,
        @Nullable Instant last,
        Map<String, Long> audiences,
        Map<Drop, Long> drops) {
    /**
     * How much a part is.
     *
     * @param turns that are learnt
     * @param characters in these
     */
    public record Count(long talks, long turns, long characters) {
        static Count of(List<TrainingTalk> talks) {
            long turns = 0;
            long characters = 0;
            for (TrainingTalk talk : talks) {
                for (TrainingTalk.Turn turn : talk.turns()) {
                    if (turn.learnt()) {
                        turns++;
                        characters += turn.text().length();
                    }
                }
            }
            return new Count(talks.size(), turns, characters);
        }
    }
}
