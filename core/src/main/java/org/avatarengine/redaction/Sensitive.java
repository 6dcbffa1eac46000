package org.avatarengine.redaction;

/** Kinds of personal data that must not leave the machine. */
public enum Sensitive {
    EMAIL,
    LINK,
    KEY,
    SECRET,
    CARD,
    ACCOUNT,
    PHONE,
    NUMBER,
    ADDRESS,
    PLACE;

    /** What stands in its place. */
    public String placeholder() {
        return "[" + name() + "]";
    }
}
