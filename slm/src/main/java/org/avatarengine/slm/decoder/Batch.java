package org.avatarengine.slm.decoder;

/**
 * Rows of tokens. Each row is packed with several texts; the unused rest of a row is padding, marked as a text of its
 * own.
 *
 * @param rows the number of rows
 * @param length the length of each row, in tokens
 * @param ids the token ids, row by row
 * @param documents for each token, the index of its text within the row
 * @param positions for each token, its position in its text
 * @param places the indexes of the tokens, counted through all rows, whose next token is to be predicted
 * @param targets the next token at each of these places
 */
public record Batch(
        int rows, int length, long[] ids, long[] documents, long[] positions, long[] places, long[] targets) {}
