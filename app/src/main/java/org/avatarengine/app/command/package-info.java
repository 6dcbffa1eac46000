/** The entry point: parses a command line, prepares and runs the command, and adds it to the audit log. */
@NullMarked
package org.avatarengine.app.command;

import org.jspecify.annotations.NullMarked;
