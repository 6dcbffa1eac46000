package org.avatarengine.source.apps.export;

import java.io.IOException;
import org.avatarengine.source.SourceException;
import org.avatarengine.source.archive.Archive;
import org.jspecify.annotations.Nullable;

/**
 * A kind of export.
 *
 * @param key a short name for identifiers: lower case, letters only
 * @param name what the export is, such as "WhatsApp chat"
 */
public record App(String key, String name, Recognizer recognizer) {
    /** Tells whether an archive holds an export of a kind. */
    @FunctionalInterface
    public interface Recognizer {
        /**
         * The export in an archive, or null when it is none of this kind. Only what is needed to tell is read.
         *
         * @throws SourceException when it is one, but cannot be read as it is
         */
        @Nullable
        Export recognize(Archive archive, Asked asked) throws SourceException, IOException;
    }
}
