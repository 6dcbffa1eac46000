package org.avatarengine.redaction;

/** Text was about to leave the machine with personal data in it, and did not. */
public final class NotRedacted extends RuntimeException {
    public NotRedacted(String message) {
        super(message);
    }
}
