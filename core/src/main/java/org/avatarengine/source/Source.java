package org.avatarengine.source;

/** An export or database that can be read as events. */
public interface Source extends AutoCloseable {

    /** Identifies the data (not the file's place), so that a second import of the same data is recognised. */
    String id();

    /** How many rows there are after a position, for progress; -1 when that is not known beforehand. */
    long remaining(Position from) throws SourceException;

    /**
     * Reads everything after a position, in order.
     *
     * @throws SourceException when the source cannot be read on; all batches before were delivered
     */
    void read(Position from, BatchSink sink) throws SourceException, InterruptedException;

    @Override
    void close() throws SourceException;
}
