package org.avatarengine.failure;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A service that the program asked something did not do it. */
public final class ServiceException extends Failure {
    /** Why. */
    public enum Reason {
        /** The request is wrong; the same one will be wrong again. */
        REJECTED(false),
        /** The key is missing or not known. */
        UNAUTHORIZED(false),
        /** The key may not do this, or the account has no credit. */
        FORBIDDEN(false),
        /** The request is too long. */
        TOO_LARGE(false),
        /** More was asked for than the limits allow. */
        RATE_LIMITED(true),
        /** The service has too much to do. */
        OVERLOADED(true),
        /** The service failed. */
        BROKEN(true),
        /** There is no connection, or it was cut. */
        UNREACHABLE(true),
        /** No answer in time. */
        TIMED_OUT(true),
        /** The answer is not of the form that was agreed on. */
        UNREADABLE(true),
        /** So many calls failed of late that none is made for a while. */
        CIRCUIT_OPEN(false);

        private final boolean passing;

        Reason(boolean passing) {
            this.passing = passing;
        }

        /** Whether the same call may succeed later. */
        public boolean passing() {
            return passing;
        }
    }

    private final Reason reason;
    private final @Nullable Duration retryAfter;

    /** @param retryAfter how long the service asks to wait, or null when it does not say */
    public ServiceException(Reason reason, String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.retryAfter = retryAfter;
    }

    public Reason reason() {
        return reason;
    }

    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
