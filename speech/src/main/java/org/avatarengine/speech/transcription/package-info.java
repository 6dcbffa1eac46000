/** Transcription: words with their times. */
@NullMarked
package org.avatarengine.speech.transcription;

import org.jspecify.annotations.NullMarked;
