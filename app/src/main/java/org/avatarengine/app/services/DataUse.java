package org.avatarengine.app.services;

/** What a command needs of the data folder. */
public enum DataUse {
    /** Nothing: it also runs without data. */
    NONE,
    /** Stored data. A mistyped folder must not become a new, empty store. */
    EXISTING,
    /** A folder to store data in, which is created if necessary. */
    STORES
}
