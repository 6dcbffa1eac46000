package org.avatarengine.app.services;

/** A command that needs the data to itself, and makes sure itself that no other command uses it. */
public interface WorksAlone {}
