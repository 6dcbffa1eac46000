package org.avatarengine.app.print;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import org.jspecify.annotations.Nullable;

/** Dates and times in the local time zone and in the reader's locale. */
public final class Dates {
    private Dates() {}

    /** A day such as "Mar 5, 2025"; empty for null. */
    public static String day(@Nullable Instant at) {
        return at == null ? "" : print(at, DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM));
    }

    /** A day and a time of day with hours and minutes. */
    public static String minute(Instant at) {
        return print(at, DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT));
    }

    /** A day and a time of day with seconds. */
    public static String second(Instant at) {
        return print(at, DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.MEDIUM));
    }

    private static String print(Instant at, DateTimeFormatter format) {
        // CLDR puts a narrow no-break space before AM and PM, which some terminals show as a box.
        return format.withLocale(ReaderLocale.get())
                .format(at.atZone(ZoneId.systemDefault()))
                .replace('\u202F', ' ');
    }
}
