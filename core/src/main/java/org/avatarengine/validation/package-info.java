/** Whether a graph is as it should be, and what to do where it is not. */
@NullMarked
package org.avatarengine.validation;

import org.jspecify.annotations.NullMarked;
