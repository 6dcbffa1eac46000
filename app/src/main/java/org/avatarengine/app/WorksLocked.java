package org.avatarengine.app;

/** A command that works on a store that is locked, or on none. */
interface WorksLocked {}
