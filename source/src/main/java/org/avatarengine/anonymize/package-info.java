/** Replaces addresses, names and identifiers with pseudonyms before anything is stored. */
@NullMarked
package org.avatarengine.anonymize;

import org.jspecify.annotations.NullMarked;
