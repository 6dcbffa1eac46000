/**
 * The client of the engine, and what both say to each other. {@code docs/engine.md} describes the protocol. Nothing here
 * uses a library: each class that a start loads takes time.
 */
@NullMarked
package org.avatarengine.client;

import org.jspecify.annotations.NullMarked;
