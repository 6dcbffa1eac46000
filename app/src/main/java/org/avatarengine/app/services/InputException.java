package org.avatarengine.app.services;

/** Input that the program cannot use. The message is one line for the user and says what to do next. */
public final class InputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InputException(String message) {
        super(message);
    }
}
