/** Media files to sound and pictures, by FFmpeg. */
@NullMarked
package org.avatarengine.speech.media;

import org.jspecify.annotations.NullMarked;
