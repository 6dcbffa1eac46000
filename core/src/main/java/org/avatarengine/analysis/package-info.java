/**
 * One pass over all messages that feeds every engine: conversations are read in parallel, each into tallies of its own,
 * which then merge. What is found of a person is a {@link org.avatarengine.analysis.Portrait}.
 */
@NullMarked
package org.avatarengine.analysis;

import org.jspecify.annotations.NullMarked;
