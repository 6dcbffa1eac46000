/** The command that serves the page and the API. */
@NullMarked
package org.avatarengine.app.serve;

import org.jspecify.annotations.NullMarked;
