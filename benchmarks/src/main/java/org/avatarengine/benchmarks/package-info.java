/** Measurements of whole processes: each step runs in a JVM of its own, started by {@code benchmarks/run}. */
@NullMarked
package org.avatarengine.benchmarks;

import org.jspecify.annotations.NullMarked;
