/** What other programs on this machine reach over HTTP. */
@NullMarked
package org.avatarengine.server;

import org.jspecify.annotations.NullMarked;
