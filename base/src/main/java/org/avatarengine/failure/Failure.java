package org.avatarengine.failure;

import org.jspecify.annotations.Nullable;

/**
 * Something outside the program failed or prevents it from continuing. The message is one line for the user: what is
 * wrong, where, and what to do. It never contains message texts, addresses or keys.
 *
 * <p>Sources throw the checked {@code SourceException} instead, because the caller must decide what to do with the data
 * read so far.
 */
public abstract sealed class Failure extends RuntimeException
        permits GraphException,
                UsageException,
                BudgetSpent,
                NotRedacted,
                ConfigException,
                ServiceException,
                ModelException,
                MediaException,
                VaultException {
    Failure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
