/** Commands on the stored data as a whole: import, export, backup, lock, settings, checks. */
@NullMarked
package org.avatarengine.app.data;

import org.jspecify.annotations.NullMarked;
