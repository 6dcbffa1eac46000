/** Decodes media files to sound and pictures with FFmpeg. */
@NullMarked
package org.avatarengine.speech.media;

import org.jspecify.annotations.NullMarked;
