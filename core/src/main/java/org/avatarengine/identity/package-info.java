/** Who is who: addresses brought to one form, and addresses brought together to people. */
@NullMarked
package org.avatarengine.identity;

import org.jspecify.annotations.NullMarked;
