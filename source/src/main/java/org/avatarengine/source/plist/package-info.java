/** Property lists and NSKeyedArchiver archives as stored by Messages in database columns. */
@NullMarked
package org.avatarengine.source.plist;

import org.jspecify.annotations.NullMarked;
