/** A recording from file to graph: kept, listened to, understood, and known. */
@NullMarked
package org.avatarengine.speech.recording;

import org.jspecify.annotations.NullMarked;
