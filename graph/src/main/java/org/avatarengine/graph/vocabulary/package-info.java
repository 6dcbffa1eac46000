/** The one list of the graph's labels, relationship types and keys. */
@NullMarked
package org.avatarengine.graph.vocabulary;

import org.jspecify.annotations.NullMarked;
