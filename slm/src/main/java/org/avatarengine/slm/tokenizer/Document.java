package org.avatarengine.slm.tokenizer;

/**
 * A talk, or a part of one, as tokens.
 *
 * @param ids of the tokens
 * @param learnt which of them the model is to foretell
 */
public record Document(long[] ids, boolean[] learnt) {
    /** How many tokens are to be foretold; the first has nothing before it and cannot be. */
    public int targets() {
        int targets = 0;
        for (int i = 1; i < learnt.length; i++) {
            targets += learnt[i] ? 1 : 0;
        }
        return targets;
    }
}
