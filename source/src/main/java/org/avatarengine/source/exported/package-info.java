/** Exported files: the JSON Lines of this program, the JSON of the Python original, and tables in CSV or JSON. */
@NullMarked
package org.avatarengine.source.exported;

import org.jspecify.annotations.NullMarked;
