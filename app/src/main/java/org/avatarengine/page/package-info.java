/** What the page shows and asks for, a class a view. */
@NullMarked
package org.avatarengine.page;

import org.jspecify.annotations.NullMarked;
