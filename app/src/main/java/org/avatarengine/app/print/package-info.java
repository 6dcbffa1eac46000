/** How results and progress are shown on a terminal or as JSON. */
@NullMarked
package org.avatarengine.app.print;

import org.jspecify.annotations.NullMarked;
