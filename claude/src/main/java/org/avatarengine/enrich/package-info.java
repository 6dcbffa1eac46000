/** What Claude can tell of a person from their messages: structured, with evidence that was checked. */
@NullMarked
package org.avatarengine.enrich;

import org.jspecify.annotations.NullMarked;
