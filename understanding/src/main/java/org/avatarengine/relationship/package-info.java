/** The relationship of two people, from what both say, when and how. */
@NullMarked
package org.avatarengine.relationship;

import org.jspecify.annotations.NullMarked;
