package org.avatarengine.failure;

/** A text was not sent because it still contained personal data. */
public final class NotRedacted extends Failure {
    public NotRedacted(String message) {
        super(message, null);
    }
}
