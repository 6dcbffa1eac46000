/** The people of a graph: lists them, finds them by user input, finds duplicates, merges and unmerges them. */
@NullMarked
package org.avatarengine.people;

import org.jspecify.annotations.NullMarked;
