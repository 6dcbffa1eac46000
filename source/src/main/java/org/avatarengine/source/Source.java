package org.avatarengine.source;

import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** An export or database that can be read as events. */
public interface Source extends AutoCloseable {

    /**
     * Identifies the data, independent of the file's location, so that a second import of the same data is recognized.
     */
    String id();

    /**
     * The version of the reader. It is raised when the reader sees more than before in the same data, such as what is
     * nobody's own words; a later import of the same source then reads all of it again.
     */
    default int version() {
        return 0;
    }

    /**
     * Whether messages of this kind of source have other identifiers than in the first version of the program. Its
     * batches then tell the {@link Batch#formerIds former} ones.
     */
    default boolean identifiesAnew() {
        return false;
    }

    /**
     * The zone in which times without an offset are read; null when all times of such a source have an offset. In
     * another zone the same messages, with the same identifiers, have other times.
     */
    default @Nullable ZoneId zone() {
        return null;
    }

    /** Whether names, addresses and identifiers were replaced with pseudonyms. */
    default boolean anonymized() {
        return false;
    }

    /** The number of rows after a position, for progress; -1 when it is not known in advance. */
    long remaining(Position from) throws SourceException;

    /**
     * Reads everything after a position, in order.
     *
     * @throws SourceException when the source cannot be read further; all earlier batches were delivered
     */
    void read(Position from, BatchSink sink) throws SourceException, InterruptedException;

    @Override
    void close() throws SourceException;
}
