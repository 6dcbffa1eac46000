/** How a person writes: length, marks, vocabulary, formality, politeness, phrases, and how they adapt to others. */
@NullMarked
package org.avatarengine.language;

import org.jspecify.annotations.NullMarked;
