/** Long work that a server does for its user, one after the other. */
@NullMarked
package org.avatarengine.job;

import org.jspecify.annotations.NullMarked;
