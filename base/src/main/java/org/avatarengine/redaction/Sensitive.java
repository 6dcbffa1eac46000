package org.avatarengine.redaction;

/** Kinds of personal data that must not leave the computer. */
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

    /** The placeholder that replaces it. */
    public String placeholder() {
        return "[" + name() + "]";
    }
}
