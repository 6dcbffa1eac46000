/** A person's language: length, punctuation, vocabulary, formality, politeness, phrases and coordination. */
@NullMarked
package org.avatarengine.language;

import org.jspecify.annotations.NullMarked;
