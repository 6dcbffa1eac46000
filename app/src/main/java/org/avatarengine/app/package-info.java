/** The command line: each command parses its options, calls the core and prints. */
@NullMarked
package org.avatarengine.app;

import org.jspecify.annotations.NullMarked;
