package org.avatarengine.source.typedstream;

/** Says what is wrong with a typedstream, and at which byte. The message never quotes the content. */
public final class TypedstreamException extends Exception {
    private static final long serialVersionUID = 1L;

    TypedstreamException(String what, int offset) {
        // No stack trace: a damaged database can hold thousands of these, and none of them is a fault of ours.
        super(what + " at byte " + offset, null, false, false);
    }
}
