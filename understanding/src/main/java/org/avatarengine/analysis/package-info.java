/**
 * Analyzes all messages in one pass. Conversations are read in parallel into tallies, which are then merged. The result
 * for a person is a {@link org.avatarengine.analysis.Portrait}.
 */
@NullMarked
package org.avatarengine.analysis;

import org.jspecify.annotations.NullMarked;
