package org.avatarengine.speech.recording;

/**
 * The identity of a speaker.
 *
 * @param person the id of the person
 * @param confidence the confidence from 0 to 1; 1 if the user identified the speaker
 * @param by {@code user}, {@code voice} or {@code name}
 */
public record Identified(String speaker, String person, String name, double confidence, String by) {
    /** With at least this confidence, the speaker's words count as the person's. */
    public static final double COUNTS = 0.8;

    /** Whether the speaker's words count as the person's. */
    public boolean counts() {
        return confidence >= COUNTS;
    }
}
