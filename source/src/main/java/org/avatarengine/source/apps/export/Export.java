package org.avatarengine.source.apps.export;

import java.io.IOException;
import org.avatarengine.source.SourceException;
import org.jspecify.annotations.Nullable;

/** The messages of one export. */
@FunctionalInterface
public interface Export {
    /**
     * Passes all messages to a listener, always in the same order.
     *
     * @throws SourceException with the file and the place in it that cannot be read
     */
    void tell(ExportListener listener) throws SourceException, IOException, InterruptedException;

    /** How the export is read where that is not obvious, such as the order of day and month; null if it is. */
    default @Nullable String remark() {
        return null;
    }
}
