/** Takes personal data out of text before it leaves the machine, and refuses what was missed. */
@NullMarked
package org.avatarengine.redaction;

import org.jspecify.annotations.NullMarked;
