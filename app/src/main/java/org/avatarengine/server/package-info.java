/** The HTTP server for programs on this computer. */
@NullMarked
package org.avatarengine.server;

import org.jspecify.annotations.NullMarked;
