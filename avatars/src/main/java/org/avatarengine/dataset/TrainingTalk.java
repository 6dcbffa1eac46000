package org.avatarengine.dataset;

import java.util.List;

/**
 * A session as training data for a person's model.
 *
 * @param system the header: who writes to whom
 * @param turns the turns in chronological order
 */
public record TrainingTalk(String system, List<Turn> turns) {
    /**
     * A turn of one side.
     *
     * @param own whether it is the person's
     * @param text the text; in groups with the sender's name before it, unless it is the person's own
     * @param learnt whether the loss includes it
     */
    public record Turn(boolean own, String text, boolean learnt) {}

    /** The header for {@link #system}: who writes to whom. */
    public static String system(String person, String partner) {
        return "You are " + person + ". You are writing to " + partner + ".";
    }

    /** The number of turns that the loss includes. */
    public long learnt() {
        return turns.stream().filter(Turn::learnt).count();
    }
}
