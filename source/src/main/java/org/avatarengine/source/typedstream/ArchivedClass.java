package org.avatarengine.source.typedstream;

import org.jspecify.annotations.Nullable;

/** A class in a typedstream, with its superclass (null at the root). */
public record ArchivedClass(
        String name, long version, @Nullable ArchivedClass superclass) {

    /** Whether this is the named class or inherits from it. */
    public boolean isA(String wanted) {
        for (ArchivedClass c = this; c != null; c = c.superclass) {
            if (c.name.equals(wanted)) {
                return true;
            }
        }
        return false;
    }
}
