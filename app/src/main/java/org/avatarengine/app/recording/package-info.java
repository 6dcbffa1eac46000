/** Commands on recordings: import them, name speakers, show and export transcripts. */
@NullMarked
package org.avatarengine.app.recording;

import org.jspecify.annotations.NullMarked;
