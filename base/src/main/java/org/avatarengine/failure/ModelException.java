package org.avatarengine.failure;

import org.jspecify.annotations.Nullable;

/** A model's files cannot be used, or a model cannot be trained or run. */
public final class ModelException extends Failure {
    public ModelException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
