package org.avatarengine.source;

import org.jspecify.annotations.Nullable;

/**
 * The position up to which a source has been read.
 *
 * @param row the last row or line read, 0 for none
 * @param rowId the identifier of the event in that row, which a later run uses to check that the rows are still the
 *     same; null at the start
 * @param changedThrough the latest change (edit, deletion, read receipt) of earlier rows that was read, in the source's
 *     unit
 */
public record Position(long row, @Nullable String rowId, long changedThrough) {
    public static final Position START = new Position(0, null, 0);
}
