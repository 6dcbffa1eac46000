package org.avatarengine.failure;

import org.jspecify.annotations.Nullable;

/** Something could not be put under lock, taken out of it, or read from there. */
public final class VaultException extends Failure {
    private static final long serialVersionUID = 1L;

    public VaultException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
