/** Topics: clusters of sentence vectors, named by their characteristic words. */
@NullMarked
package org.avatarengine.topic;

import org.jspecify.annotations.NullMarked;
