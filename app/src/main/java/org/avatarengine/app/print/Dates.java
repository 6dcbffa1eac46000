package org.avatarengine.app.print;

import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Prints dates. */
public final class Dates {
    private Dates() {}

    /** The day in the local time zone in ISO 8601 format; empty for null. */
    public static String day(@Nullable Instant at) {
        return at == null ? "" : at.atZone(ZoneId.systemDefault()).toLocalDate().toString();
    }
}
