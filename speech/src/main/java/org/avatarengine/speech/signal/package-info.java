/** Acoustic features: filter banks, cepstra and pitch. */
@NullMarked
package org.avatarengine.speech.signal;

import org.jspecify.annotations.NullMarked;
