/** What a language model of a person learns from: sessions, what of them may be learnt, and what is kept for tests. */
@NullMarked
package org.avatarengine.dataset;

import org.jspecify.annotations.NullMarked;
