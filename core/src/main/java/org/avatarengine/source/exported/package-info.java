/** Files that programs exported: our own JSON Lines, the JSON of the Python original, and tables in CSV or JSON. */
@NullMarked
package org.avatarengine.source.exported;

import org.jspecify.annotations.NullMarked;
