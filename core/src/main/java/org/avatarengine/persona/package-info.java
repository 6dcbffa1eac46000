/** What a model is told in order to speak as a person. */
@NullMarked
package org.avatarengine.persona;

import org.jspecify.annotations.NullMarked;
