/** Property lists and NSKeyedArchiver archives as Messages stores them in database columns. */
@NullMarked
package org.avatarengine.source.plist;

import org.jspecify.annotations.NullMarked;
