package org.avatarengine.relationship;

/** The families of relationships. */
public enum Family {
    FAMILY,
    ROMANTIC,
    FRIEND,
    PROFESSIONAL,
    ACQUAINTANCE,
    /** A business or an automated sender: codes, deliveries, reminders. */
    SERVICE
}
