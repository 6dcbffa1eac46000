package org.avatarengine.slm.tokenizer;

/**
 * A conversation, or a part of it, as tokens.
 *
 * @param ids the token ids
 * @param learnt for each token, whether the loss includes its prediction
 */
public record Document(long[] ids, boolean[] learnt) {
    /** The number of tokens to predict. The first token has no context and is not predicted. */
    public int targets() {
        int targets = 0;
        for (int i = 1; i < learnt.length; i++) {
            targets += learnt[i] ? 1 : 0;
        }
        return targets;
    }
}
