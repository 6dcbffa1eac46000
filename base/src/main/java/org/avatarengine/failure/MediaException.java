package org.avatarengine.failure;

import org.jspecify.annotations.Nullable;

/** An audio or video file cannot be used. */
public final class MediaException extends Failure {
    public MediaException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
