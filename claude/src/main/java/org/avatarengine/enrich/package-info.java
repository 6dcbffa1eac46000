/** Structured profiles of people by Claude, based on their messages, with checked evidence. */
@NullMarked
package org.avatarengine.enrich;

import org.jspecify.annotations.NullMarked;
