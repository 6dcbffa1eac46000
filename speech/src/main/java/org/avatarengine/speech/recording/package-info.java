/** Processes a recording from the file to the graph. */
@NullMarked
package org.avatarengine.speech.recording;

import org.jspecify.annotations.NullMarked;
