/** Faces in a video, and which are one: what an animated avatar would be drawn from. */
@NullMarked
package org.avatarengine.speech.face;

import org.jspecify.annotations.NullMarked;
