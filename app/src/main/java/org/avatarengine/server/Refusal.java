package org.avatarengine.server;

import io.javalin.http.HttpStatus;

/** A request that the server rejects, with the HTTP status and the message for the client. */
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

    /** The request is invalid (HTTP 400). */
    public static Refusal wrong(String message) {
        return new Refusal(HttpStatus.BAD_REQUEST, "invalid_request", message);
    }

    /** The requested resource does not exist (HTTP 404). */
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
