package org.avatarengine.relationship;

/** What two people are to each other, broadly. */
public enum Family {
    FAMILY,
    ROMANTIC,
    FRIEND,
    PROFESSIONAL,
    ACQUAINTANCE,
    /** A business or a machine that writes: codes, deliveries, reminders. */
    SERVICE
}
