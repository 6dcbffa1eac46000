/** Situations and what a person does in them more often than otherwise. */
@NullMarked
package org.avatarengine.trigger;

import org.jspecify.annotations.NullMarked;
