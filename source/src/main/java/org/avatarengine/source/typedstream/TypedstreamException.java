package org.avatarengine.source.typedstream;

/** A typedstream is damaged. The message describes the damage and its byte offset; it never quotes the content. */
public final class TypedstreamException extends Exception {
    private static final long serialVersionUID = 1L;

    TypedstreamException(String what, int offset) {
        // No stack trace, because a damaged database can cause thousands of these, and they are not program errors.
        super(what + " at byte " + offset, null, false, false);
    }
}
