/**
 * A fictitious message history to try the program. Writes a {@code chat.db} and an address book in Apple's formats from
 * bundled conversations. The benchmarks and the importer's tests use the same writers.
 */
@NullMarked
package org.avatarengine.demo;

import org.jspecify.annotations.NullMarked;
