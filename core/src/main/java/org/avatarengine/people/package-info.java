/** The people of a graph: listed, found by what a user types, matched with each other, merged and taken apart again. */
@NullMarked
package org.avatarengine.people;

import org.jspecify.annotations.NullMarked;
