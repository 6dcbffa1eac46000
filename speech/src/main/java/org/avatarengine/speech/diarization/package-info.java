/** Speaker diarization: who speaks when. */
@NullMarked
package org.avatarengine.speech.diarization;

import org.jspecify.annotations.NullMarked;
