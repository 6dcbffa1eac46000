/** Where somebody speaks. */
@NullMarked
package org.avatarengine.speech.voice;

import org.jspecify.annotations.NullMarked;
