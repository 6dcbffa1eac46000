/** Measurements of whole processes. Each step runs in its own JVM, started by {@code benchmarks/run}. */
@NullMarked
package org.avatarengine.benchmarks;

import org.jspecify.annotations.NullMarked;
