/** What is talked about: clusters of sentence vectors, named by the words that set them apart. */
@NullMarked
package org.avatarengine.topic;

import org.jspecify.annotations.NullMarked;
