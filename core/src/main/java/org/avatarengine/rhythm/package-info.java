/** When a person writes, how fast they answer, who begins. */
@NullMarked
package org.avatarengine.rhythm;

import org.jspecify.annotations.NullMarked;
