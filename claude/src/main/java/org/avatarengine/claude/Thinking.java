package org.avatarengine.claude;

/**
 * How much a model thinks before it answers. Thinking is billed as output and counts towards the maximum length of the
 * answer, so a request leaves room for it.
 */
public enum Thinking {
    /** As little as the model allows: for chat, where a quick and short answer is wanted. */
    LEAST(4_000),

    /** As much as the model finds useful at medium effort: for analyses. */
    MODERATE(16_000);

    private final int room;

    Thinking(int room) {
        this.room = room;
    }

    /** The tokens to reserve for thinking, in addition to the answer itself. */
    int room() {
        return room;
    }
}
