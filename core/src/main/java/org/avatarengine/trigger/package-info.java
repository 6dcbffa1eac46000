/** What makes a person do what: situations and what they do in them more often than otherwise. */
@NullMarked
package org.avatarengine.trigger;

import org.jspecify.annotations.NullMarked;
