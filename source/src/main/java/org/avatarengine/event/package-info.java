/** The sealed {@link org.avatarengine.event.Event} types that every importer produces. */
@NullMarked
package org.avatarengine.event;

import org.jspecify.annotations.NullMarked;
