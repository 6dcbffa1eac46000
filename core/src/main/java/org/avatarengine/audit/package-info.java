/** What was done with the data, in a record that cannot be changed unseen. */
@NullMarked
package org.avatarengine.audit;

import org.jspecify.annotations.NullMarked;
