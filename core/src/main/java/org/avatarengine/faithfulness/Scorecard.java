package org.avatarengine.faithfulness;

import java.time.Instant;
import java.util.List;
import org.avatarengine.language.Share;
import org.jspecify.annotations.Nullable;

/**
 * How faithful an avatar is.
 *
 * @param cutoff nothing said from then on was known to any writer
 * @param replies how many real replies were held out
 * @param authors among how many people the author of a reply is guessed; by chance 1 in so many is right
 * @param style the person's own replies before the cutoff against those after: no writer can be expected to do better
 * @param memory whether what the person said is found again, asked for by three of its rarer words
 * @param notes what was not measured, and why
 */
public record Scorecard(
        String person,
        Instant cutoff,
        int replies,
        int authors,
        List<Row> rows,
        StyleDistance.@Nullable Distances style,
        @Nullable Share memory,
        List<String> notes) {

    /**
     * What one writer did.
     *
     * @param writer who; "themselves" is the true replies
     * @param answered how many replies it wrote
     * @param distance from the true replies in manner, 0 to 1
     * @param parts of it
     * @param author the share of single replies that would be taken for the person's
     * @param authorOfFive the same of five replies together
     * @param chrF likeness of the letters to the true reply, 0 to 1
     * @param meaning cosine of the sentence vectors of the reply and the true one
     */
    public record Row(
            String writer,
            int answered,
            @Nullable Interval distance,
            StyleDistance.@Nullable Distances parts,
            Share author,
            Share authorOfFive,
            @Nullable Interval chrF,
            @Nullable Interval meaning) {}
}
