/**
 * Finds records of the same entity: blocking, comparison in levels, and a Fellegi–Sunter model that learns its weights
 * from the records themselves, without labels.
 */
@NullMarked
package org.avatarengine.linkage;

import org.jspecify.annotations.NullMarked;
