package org.avatarengine.usage;

import org.jspecify.annotations.Nullable;

/** The ledger or the price list cannot do what was asked; the message is one line for the user. */
public final class UsageException extends RuntimeException {
    public UsageException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
