package org.avatarengine.app.services;

/** A command that also runs while the store is locked. */
public interface WorksLocked {}
