package org.avatarengine.claude;

import com.anthropic.core.http.Headers;
import com.anthropic.errors.AnthropicIoException;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.models.ErrorType;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.avatarengine.failure.ServiceException;
import org.avatarengine.failure.ServiceException.Reason;
import org.avatarengine.limit.Allowance;
import org.jspecify.annotations.Nullable;

/** Interprets the API's errors and headers, as its documentation describes them under "Errors" and "Rate limits". */
final class ApiFailures {
    private ApiFailures() {}

    /** The failure for an exception of the SDK. It quotes nothing of the request. */
    static ServiceException of(RuntimeException e) {
        if (e instanceof ServiceException known) {
            return known;
        }
        if (e instanceof AnthropicServiceException service) {
            return ofStatus(status(service), retryAfter(service.headers()), service);
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketTimeoutException || cause instanceof InterruptedIOException) {
                return new ServiceException(
                        Reason.TIMED_OUT, "Claude did not answer in time. Try again later.", null, e);
            }
            if (cause instanceof UnknownHostException || cause instanceof ConnectException) {
                return new ServiceException(
                        Reason.UNREACHABLE,
                        "Cannot reach Claude. Check the network connection. Everything else works offline.",
                        null,
                        e);
            }
        }
        if (e instanceof AnthropicIoException) {
            return new ServiceException(Reason.UNREACHABLE, "The connection to Claude was lost.", null, e);
        }
        return new ServiceException(
                Reason.UNREADABLE,
                "Claude's answer could not be read (" + e.getClass().getSimpleName() + ").",
                null,
                e);
    }

    /** The status of an error. One that comes in a stream has that of the stream, so its type tells. */
    private static int status(AnthropicServiceException error) {
        if (error.statusCode() != 200) {
            return error.statusCode();
        }
        return switch (error.errorType().map(ErrorType::value).orElse(ErrorType.Value._UNKNOWN)) {
            case AUTHENTICATION_ERROR -> 401;
            case BILLING_ERROR -> 402;
            case PERMISSION_ERROR -> 403;
            case NOT_FOUND_ERROR -> 404;
            case RATE_LIMIT_ERROR -> 429;
            case TIMEOUT_ERROR -> 504;
            case OVERLOADED_ERROR -> 529;
            case INVALID_REQUEST_ERROR -> 400;
            default -> 500;
        };
    }

    /**
     * Whether the service may have accepted a failed request and may bill it. That is certain not to be so only if the
     * service answered with an error or was never reached.
     */
    static boolean mayBeBilled(RuntimeException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof AnthropicServiceException
                    || cause instanceof UnknownHostException
                    || cause instanceof ConnectException) {
                return false;
            }
        }
        return true;
    }

    private static ServiceException ofStatus(int status, @Nullable Duration retryAfter, AnthropicServiceException e) {
        String said = " (HTTP " + status
                + e.errorType().map(type -> ", " + type.asString()).orElse("")
                + e.requestId().map(id -> ", request " + id).orElse("") + ")";
        return switch (status) {
            case 401 ->
                new ServiceException(
                        Reason.UNAUTHORIZED,
                        "Claude does not accept this API key or token" + said + ". Check " + ApiKey.VARIABLE + " or "
                                + ApiKey.TOKEN_VARIABLE + ".",
                        null,
                        e);
            case 402, 403 ->
                new ServiceException(
                        Reason.FORBIDDEN,
                        "This API key or token lacks the permission, or its account has no credit" + said
                                + ". See the Claude Console.",
                        null,
                        e);
            case 413 ->
                new ServiceException(
                        Reason.TOO_LARGE, "The request is too large" + said + ". Lower --max-tokens-in.", null, e);
            case 429 ->
                new ServiceException(
                        Reason.RATE_LIMITED,
                        "Claude's limits are reached" + said + ". Try again later.",
                        retryAfter,
                        e);
            case 529 ->
                new ServiceException(
                        Reason.OVERLOADED, "Claude is overloaded" + said + ". Try again later.", retryAfter, e);
            case 408, 504 ->
                new ServiceException(Reason.TIMED_OUT, "Claude did not answer in time" + said + ".", retryAfter, e);
            default ->
                status >= 500
                        ? new ServiceException(
                                Reason.BROKEN, "Claude failed" + said + ". Try again later.", retryAfter, e)
                        : new ServiceException(
                                Reason.REJECTED,
                                "Claude refused the request as invalid" + said + ". Please report it.",
                                null,
                                e);
        };
    }

    private static @Nullable Duration retryAfter(Headers headers) {
        OptionalLong seconds = number(headers, "retry-after");
        return seconds.isPresent() ? Duration.ofSeconds(Math.max(0, seconds.getAsLong())) : null;
    }

    /** The limits in the headers of an answer. */
    static Allowance allowance(Headers headers) {
        String prefix = "anthropic-ratelimit-";
        return new Allowance(
                number(headers, prefix + "requests-limit"),
                number(headers, prefix + "requests-remaining"),
                number(headers, prefix + "input-tokens-limit"),
                number(headers, prefix + "input-tokens-remaining"),
                number(headers, prefix + "output-tokens-limit"),
                number(headers, prefix + "output-tokens-remaining"));
    }

    private static OptionalLong number(Headers headers, String name) {
        List<String> values = headers.values(name);
        try {
            return values.isEmpty()
                    ? OptionalLong.empty()
                    : OptionalLong.of(Long.parseLong(values.getFirst().strip()));
        } catch (NumberFormatException e) {
            return OptionalLong.empty(); // a header that is no number says nothing
        }
    }
}
