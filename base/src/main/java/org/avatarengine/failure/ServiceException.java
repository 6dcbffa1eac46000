package org.avatarengine.failure;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A call to a service failed. */
public final class ServiceException extends Failure {
    /** The reason of a failure. */
    public enum Reason {
        /** The request is invalid; a retry will fail again. */
        REJECTED(false),
        /** The key is missing or invalid. */
        UNAUTHORIZED(false),
        /** The key lacks permission, or the account has no credit. */
        FORBIDDEN(false),
        /** The request is too long. */
        TOO_LARGE(false),
        /** The rate limit is exceeded. */
        RATE_LIMITED(true),
        /** The service is overloaded. */
        OVERLOADED(true),
        /** The service had an internal error. */
        BROKEN(true),
        /** There is no connection, or it was lost. */
        UNREACHABLE(true),
        /** The service did not answer in time. */
        TIMED_OUT(true),
        /** The request was sent but not answered. It may have been carried out, so a retry could repeat it. */
        IN_DOUBT(false),
        /** The answer does not have the expected form. */
        UNREADABLE(true),
        /** Too many recent calls failed, so calls are paused. */
        CIRCUIT_OPEN(false);

        private final boolean passing;

        Reason(boolean passing) {
            this.passing = passing;
        }

        /** Whether the failure is transient: the same call may succeed later. */
        public boolean passing() {
            return passing;
        }
    }

    private final Reason reason;
    private final @Nullable Duration retryAfter;

    /** @param retryAfter the pause that the service asks for; null when it does not say */
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
