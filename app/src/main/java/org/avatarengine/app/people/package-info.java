/** Commands on people: who is there, duplicates, consent, and portraits. */
@NullMarked
package org.avatarengine.app.people;

import org.jspecify.annotations.NullMarked;
