package org.avatarengine.failure;

import org.jspecify.annotations.Nullable;

/** The ledger or the price list cannot be used. */
public final class UsageException extends Failure {
    public UsageException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
