/** Takes texts apart into tokens, and classifies them by small linear models that can say why. */
@NullMarked
package org.avatarengine.text;

import org.jspecify.annotations.NullMarked;
