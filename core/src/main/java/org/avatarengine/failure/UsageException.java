package org.avatarengine.failure;

import org.jspecify.annotations.Nullable;

/** The usage ledger or the price list cannot do what was asked. */
public final class UsageException extends Failure {
    public UsageException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
