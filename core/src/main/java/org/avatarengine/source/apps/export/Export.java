package org.avatarengine.source.apps.export;

import java.io.IOException;
import org.avatarengine.source.SourceException;

/** The messages of one export. */
@FunctionalInterface
public interface Export {
    /**
     * Tells all of it, from the start and always in the same order.
     *
     * @throws SourceException naming the file and the place in it that cannot be read
     */
    void tell(Telling telling) throws SourceException, IOException, InterruptedException;
}
