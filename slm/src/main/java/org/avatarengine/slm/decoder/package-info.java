/** The decoder-only transformer. */
@NullMarked
package org.avatarengine.slm.decoder;

import org.jspecify.annotations.NullMarked;
