/** What a source says happened: the sealed {@link org.avatarengine.event.Event} types every importer produces. */
@NullMarked
package org.avatarengine.event;

import org.jspecify.annotations.NullMarked;
