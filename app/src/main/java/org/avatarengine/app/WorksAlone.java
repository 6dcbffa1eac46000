package org.avatarengine.app;

/** A command during which no other may work on the data; it makes sure of that itself. */
interface WorksAlone {}
