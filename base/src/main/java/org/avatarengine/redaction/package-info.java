/** Removes personal data from text before it leaves the computer, and refuses text in which some was missed. */
@NullMarked
package org.avatarengine.redaction;

import org.jspecify.annotations.NullMarked;
