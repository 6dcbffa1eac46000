package org.avatarengine.faithfulness;

import java.time.Instant;
import java.util.List;
import org.avatarengine.language.Share;
import org.jspecify.annotations.Nullable;

/**
 * The faithfulness of an avatar.
 *
 * @param cutoff the time from which on no writer had any messages
 * @param replies the number of held-out replies
 * @param authors the number of candidate authors of a reply; a random guess is right once in this number
 * @param style the style distance of the person's own replies before and after the cutoff, the best possible value
 * @param memory the share of the person's messages that recall finds by three of their rarer words
 * @param notes the figures that could not be measured, with reasons
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
     * The scores of one writer.
     *
     * @param writer the name of the writer; "themselves" stands for the real replies
     * @param answered the number of its replies
     * @param distance the style distance from the real replies, 0 to 1
     * @param parts the parts of the distance
     * @param author the share of single replies that are attributed to the person
     * @param authorOfFive the same of five replies together
     * @param chrF the chrF score with the real reply, 0 to 1
     * @param meaning the cosine similarity of the sentence vectors of the reply and the real one
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
