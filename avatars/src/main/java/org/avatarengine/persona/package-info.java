/** The persona prompt, which makes a language model write as a person. */
@NullMarked
package org.avatarengine.persona;

import org.jspecify.annotations.NullMarked;
