/** What two people are to each other, judged by what both say, when and how they talk. */
@NullMarked
package org.avatarengine.relationship;

import org.jspecify.annotations.NullMarked;
