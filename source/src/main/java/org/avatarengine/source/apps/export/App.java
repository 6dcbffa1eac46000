package org.avatarengine.source.apps.export;

import java.io.IOException;
import org.avatarengine.source.SourceException;
import org.avatarengine.source.archive.Archive;
import org.jspecify.annotations.Nullable;

/**
 * A kind of export.
 *
 * @param key a short name for identifiers: lower-case letters only
 * @param name the kind of export as shown to the user, such as "WhatsApp chat"
 */
public record App(String key, String name, Recognizer recognizer) {
    /** Recognizes exports of one kind. */
    @FunctionalInterface
    public interface Recognizer {
        /**
         * The export in an archive, or null when it has another kind. Reads only as much as needed.
         *
         * @throws SourceException when the kind matches but the export cannot be read
         */
        @Nullable
        Export recognize(Archive archive, ImportOptions asked) throws SourceException, IOException;
    }
}
