package org.avatarengine.failure;

import org.jspecify.annotations.Nullable;

/**
 * Something outside the program failed or forbade it to go on. The message is one line for the user: what is wrong,
 * where, and what to do. It never holds message texts, addresses or keys.
 *
 * <p>Errors of sources are {@code SourceException}s instead, which are checked: whoever reads must decide what becomes of
 * what was read before.
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
