/** The engine: one process per data folder that keeps the graph open and runs the commands of all clients. */
@NullMarked
package org.avatarengine.app.engine;

import org.jspecify.annotations.NullMarked;
