/** Normalizes addresses. */
@NullMarked
package org.avatarengine.identity;

import org.jspecify.annotations.NullMarked;
