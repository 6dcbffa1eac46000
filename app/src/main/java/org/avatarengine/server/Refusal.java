package org.avatarengine.server;

import io.javalin.http.HttpStatus;

/** An answer other than the one that was hoped for. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final HttpStatus status;
    private final String code;
    private final String text;

    Refusal(HttpStatus status, String code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.text = message;
    }

    /** What was asked cannot be understood. */
    public static Refusal wrong(String message) {
        return new Refusal(HttpStatus.BAD_REQUEST, "invalid_request", message);
    }

    /** What was asked for is not there. */
    public static Refusal missing(String message) {
        return new Refusal(HttpStatus.NOT_FOUND, "not_found", message);
    }

    HttpStatus status() {
        return status;
    }

    String code() {
        return code;
    }

    String text() {
        return text;
    }
}
