/** Training data for a person's language model: sessions, the messages that may be used, and the split for tests. */
@NullMarked
package org.avatarengine.dataset;

import org.jspecify.annotations.NullMarked;
