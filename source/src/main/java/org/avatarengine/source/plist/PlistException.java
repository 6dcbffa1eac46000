package org.avatarengine.source.plist;

/** A property list cannot be read. The message never quotes the content. */
public final class PlistException extends Exception {
    private static final long serialVersionUID = 1L;

    PlistException(String what) {
        super(what, null, false, false);
    }
}
