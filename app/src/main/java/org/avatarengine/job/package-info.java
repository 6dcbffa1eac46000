/** Long-running jobs that the server runs one after another. */
@NullMarked
package org.avatarengine.job;

import org.jspecify.annotations.NullMarked;
