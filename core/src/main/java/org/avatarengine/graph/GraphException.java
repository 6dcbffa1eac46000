package org.avatarengine.graph;

import org.jspecify.annotations.Nullable;

/** The graph cannot do what was asked. The message is one line for the user: what is wrong and what to do. */
public final class GraphException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public GraphException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
