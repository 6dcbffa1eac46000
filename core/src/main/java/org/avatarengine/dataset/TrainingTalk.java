package org.avatarengine.dataset;

import java.util.List;

/**
 * A session as a person's model sees it.
 *
 * @param system who speaks to whom
 * @param turns in the order of time
 */
public record TrainingTalk(String system, List<Turn> turns) {
    /**
     * What one side said.
     *
     * @param own whether the person said it
     * @param text in groups with the speaker's name before it, unless it is the person's own
     * @param learnt whether the model is to learn to say it
     */
    public record Turn(boolean own, String text, boolean learnt) {}

    /** Who speaks to whom, as {@link #system}. */
    public static String system(String person, String partner) {
        return "You are " + person + ". You are writing to " + partner + ".";
    }

    /** How many turns are learnt. */
    public long learnt() {
        return turns.stream().filter(Turn::learnt).count();
    }
}
