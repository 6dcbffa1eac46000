package org.avatarengine.failure;

import org.jspecify.annotations.Nullable;

/** Stored data cannot be encrypted, decrypted, read or written. */
public final class VaultException extends Failure {
    private static final long serialVersionUID = 1L;

    public VaultException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
