/** The API of the page, one class for each view. */
@NullMarked
package org.avatarengine.page;

import org.jspecify.annotations.NullMarked;
