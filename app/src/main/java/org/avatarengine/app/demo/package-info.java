/** The command that shows the program with invented messages. */
@NullMarked
package org.avatarengine.app.demo;

import org.jspecify.annotations.NullMarked;
