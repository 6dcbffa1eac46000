/** Detection and tracking of faces in a video. An animated avatar could be drawn from them. */
@NullMarked
package org.avatarengine.speech.face;

import org.jspecify.annotations.NullMarked;
