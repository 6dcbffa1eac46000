package org.avatarengine.source;

import java.nio.charset.CharacterCodingException;
import org.jspecify.annotations.Nullable;

/** An input that cannot be read. The message is one line for the user: what is wrong, where, and what to do. */
public class SourceException extends Exception {
    private static final long serialVersionUID = 1L;

    public SourceException(String message) {
        super(message);
    }

    /**
     * The exception for a file that cannot be read, or is not UTF-8.
     *
     * @param remedy the advice for a file in another encoding, as a sentence
     */
    public static SourceException unreadable(Object place, Exception e, String remedy) {
        boolean encoding = e instanceof CharacterCodingException || e.getCause() instanceof CharacterCodingException;
        return encoding
                ? new SourceException(place + " is not valid UTF-8. " + remedy, e)
                : new SourceException("Cannot read " + place + ": " + e.getMessage() + ".", e);
    }

    public SourceException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
