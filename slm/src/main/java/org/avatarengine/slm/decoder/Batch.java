package org.avatarengine.slm.decoder;

/**
 * Rows of tokens, several texts in a row one after the other; what is left of a row is a text of its own that nobody
 * looks at.
 *
 * @param rows how many
 * @param length of each, in tokens
 * @param ids of tokens, row by row
 * @param documents to which text of its row each token belongs
 * @param positions of each token in its text
 * @param places after which of all tokens, counted through the rows, something is to be foretold
 * @param targets what comes there
 */
public record Batch(
        int rows, int length, long[] ids, long[] documents, long[] positions, long[] places, long[] targets) {}
