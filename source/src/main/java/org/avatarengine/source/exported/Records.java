package org.avatarengine.source.exported;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import org.avatarengine.source.SourceException;

/** The records of a file, always in the same order. */
interface Records {
    /** How many records show the columns; a record may leave out what it has no value for. */
    int SAMPLE = 50;

    /** Receives records. */
    interface Sink {
        /** @return whether to continue */
        boolean accept(Fields fields) throws SourceException, InterruptedException;
    }

    Path file();

    void read(Sink sink) throws SourceException, InterruptedException;

    /** The names of the columns of the first records. */
    default Set<String> columns() throws SourceException, InterruptedException {
        Set<String> columns = new LinkedHashSet<>();
        int[] records = {0};
        read(fields -> {
            columns.addAll(fields.values().keySet());
            records[0]++;
            return records[0] < SAMPLE;
        });
        return columns;
    }
}
