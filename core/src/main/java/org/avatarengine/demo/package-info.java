/**
 * An invented life to try the program on: writes a {@code chat.db} and an address book in Apple's own formats out of
 * bundled conversations. The benchmarks and the importer's tests build their input with the same writers.
 */
@NullMarked
package org.avatarengine.demo;

import org.jspecify.annotations.NullMarked;
