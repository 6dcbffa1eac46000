/** How long work tells how far it is. */
@NullMarked
package org.avatarengine.progress;

import org.jspecify.annotations.NullMarked;
