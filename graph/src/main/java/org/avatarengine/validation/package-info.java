/** Checks the integrity of a graph and suggests remedies. */
@NullMarked
package org.avatarengine.validation;

import org.jspecify.annotations.NullMarked;
