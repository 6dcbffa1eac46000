package org.avatarengine.failure;

/** Text was about to leave the machine with personal data in it, and did not. */
public final class NotRedacted extends Failure {
    public NotRedacted(String message) {
        super(message, null);
    }
}
