package org.avatarengine.memory;

/** What a passage is judged by. Docs: docs/memory.md. */
public enum Feature {
    /** BM25 of the question's words, without names, as part of the best. */
    WORDS,
    /** Part of the question's words, weighted by rarity, that stand within one passage around. */
    WINDOW,
    /** The same within three passages around. */
    WIDE_WINDOW,
    /** The same among all candidates of the session. */
    SESSION_WINDOW,
    /** Likeness to the question in meaning: cosine less the best one's, times ten. */
    MEANING,
    /** The best {@link #MEANING} of the session. */
    SESSION_MEANING,
    /** The best {@link #WORDS} of the session. */
    SESSION_WORDS,
    /** Natural logarithm of one more than the candidates of the session. */
    SESSION_SIZE,
    /** Whether who speaks is whom the question names: 1 yes, 0 no, ½ when it names nobody or everybody. */
    SPEAKER,
    /** Whether it ends with a question mark. */
    ASKS,
    /** Part of the question's words in the passage before, where that asks something: what answers stands after it. */
    ANSWERS,
    /** The best {@link #MEANING} among the passages before and after it. */
    NEAR_MEANING,
    /** Its length: natural logarithm of one more than its words, over 3, at most 1.3. */
    LENGTH,
    /** Whether it says when or how long, where the question asks that. */
    TELLS_WHEN,
    /** Nearness to the dates that the question names: exp(-days/10). */
    DATE
}
