package org.avatarengine.dataset;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The description of a model's training data.
 *
 * @param first the beginning of the first session
 * @param last the beginning of the last session
 * @param audiences the number of training turns for each audience, the largest first
 * @param drops the number of turns that were left out, by reason
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
     * The size of a part.
     *
     * @param turns the number of training turns
     * @param characters the number of characters in them
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
