/** Sound to numbers: filter banks, cepstra, pitch. */
@NullMarked
package org.avatarengine.speech.signal;

import org.jspecify.annotations.NullMarked;
