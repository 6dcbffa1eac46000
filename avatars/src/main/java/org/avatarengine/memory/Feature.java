package org.avatarengine.memory;

/** The features by which passages are ranked. See docs/memory.md. */
public enum Feature {
    /** BM25 of the question's words without names, divided by the best. */
    WORDS,
    /** The share of the question's words, weighted by rarity, within one passage before and after. */
    WINDOW,
    /** The same within three passages around. */
    WIDE_WINDOW,
    /** The same for all candidates of the session. */
    SESSION_WINDOW,
    /** Semantic similarity to the question: (cosine − best cosine) · 10. */
    MEANING,
    /** The best {@link #MEANING} of the session. */
    SESSION_MEANING,
    /** The best {@link #WORDS} of the session. */
    SESSION_WORDS,
    /** ln(1 + number of candidates of the session). */
    SESSION_SIZE,
    /** Whether the question names the speaker: 1 yes, 0 no, ½ when it names nobody or everybody. */
    SPEAKER,
    /** Whether it ends with a question mark. */
    ASKS,
    /** The share of the question's words in the previous passage if that is a question, because its answer follows. */
    ANSWERS,
    /** The best {@link #MEANING} of the passages before and after. */
    NEAR_MEANING,
    /** The length: ln(1 + number of words) / 3, at most 1.3. */
    LENGTH,
    /** Whether it contains a time or a duration, if the question asks for one. */
    TELLS_WHEN,
    /** Proximity to the dates in the question: exp(−days / 10). */
    DATE
}
