package org.avatarengine.failure;

import org.jspecify.annotations.Nullable;

/** The graph cannot complete an operation. */
public final class GraphException extends Failure {
    public GraphException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
