package org.avatarengine.source;

import org.jspecify.annotations.Nullable;

/** Input that cannot be read. The message is one line for the user: what is wrong, where, and what to do. */
public final class SourceException extends Exception {
    private static final long serialVersionUID = 1L;

    public SourceException(String message) {
        super(message);
    }

    public SourceException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
