/** The tamper-evident log of what was done with the data. */
@NullMarked
package org.avatarengine.audit;

import org.jspecify.annotations.NullMarked;
