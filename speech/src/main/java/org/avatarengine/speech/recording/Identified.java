package org.avatarengine.speech.recording;

/**
 * Who a speaker is.
 *
 * @param person the id of the person
 * @param confidence from 0 to 1; 1 when the user says so
 * @param by {@code user}, {@code voice} or {@code name}
 */
public record Identified(String speaker, String person, String name, double confidence, String by) {
    /** From this on, what a speaker says counts as the person's. */
    public static final double COUNTS = 0.8;

    /** Whether what the speaker says counts as the person's. */
    public boolean counts() {
        return confidence >= COUNTS;
    }
}
