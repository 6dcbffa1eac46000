/** Voice activity detection. */
@NullMarked
package org.avatarengine.speech.voice;

import org.jspecify.annotations.NullMarked;
