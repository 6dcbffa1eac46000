package org.avatarengine.source.apps.google;

import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.FormatStyle;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Parses times in the account's language: "Monday, January 4, 2021 at 10:21:25 PM UTC". Tries the languages that Java
 * knows until one can parse both date and time. Text between them ("at", "um", "à", a comma) is skipped, because it
 * differs between versions of the patterns. The matching language is tried first from then on.
 */
final class LocalizedTime {
    /** The maximum length of the text between date and time, such as "às". */
    private static final int LONGEST_BETWEEN = 12;

    private record Format(DateTimeFormatter date, DateTimeFormatter time) {}

    private final List<Format> formats = new ArrayList<>();
    private boolean all;

    LocalizedTime() {
        add(Locale.US);
    }

    private void add(Locale locale) {
        DateTimeFormatter time = formatter(null, FormatStyle.LONG, locale);
        for (FormatStyle style : List.of(FormatStyle.FULL, FormatStyle.LONG)) {
            formats.add(new Format(formatter(style, null, locale), time));
        }
    }

    private static DateTimeFormatter formatter(@Nullable FormatStyle date, @Nullable FormatStyle time, Locale locale) {
        String pattern =
                DateTimeFormatterBuilder.getLocalizedDateTimePattern(date, time, IsoChronology.INSTANCE, locale);
        return new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(plain(pattern))
                .toFormatter(locale);
    }

    /** Newer versions of the patterns use narrow no-break spaces instead of plain spaces. */
    private static String plain(String text) {
        return text.replaceAll("[\\u00a0\\u202f\\u2009]", " ");
    }

    /** Parses a time; null when no language matches. */
    @Nullable
    Instant read(String text) {
        String plain = plain(text.strip());
        Instant read = tried(plain);
        if (read == null && !all) {
            all = true;
            Arrays.stream(Locale.getAvailableLocales())
                    .filter(locale -> !locale.getLanguage().isEmpty())
                    .sorted(Comparator.comparing(Locale::toLanguageTag))
                    .forEach(this::add);
            read = tried(plain);
        }
        return read;
    }

    private @Nullable Instant tried(String text) {
        for (int i = 0; i < formats.size(); i++) {
            Instant read = read(formats.get(i), text);
            if (read != null) {
                formats.addFirst(formats.remove(i));
                return read;
            }
        }
        return null;
    }

    private static @Nullable Instant read(Format format, String text) {
        ParsePosition end = new ParsePosition(0);
        LocalDate date = parse(format.date(), text, end) instanceof TemporalAccessor read
                ? read.query(TemporalQueries.localDate())
                : null;
        if (date == null) {
            return null;
        }
        int last = Math.min(text.length() - 1, end.getIndex() + LONGEST_BETWEEN);
        for (int begin = end.getIndex(); begin <= last; begin++) {
            ParsePosition whole = new ParsePosition(begin);
            TemporalAccessor read = parse(format.time(), text, whole);
            if (read != null && whole.getIndex() == text.length()) {
                LocalTime time = read.query(TemporalQueries.localTime());
                ZoneId zone = read.query(TemporalQueries.zone());
                return time == null || zone == null
                        ? null
                        : date.atTime(time).atZone(zone).toInstant();
            }
        }
        return null;
    }

    private static @Nullable TemporalAccessor parse(DateTimeFormatter formatter, String text, ParsePosition at) {
        try {
            return formatter.parse(text, at);
        } catch (DateTimeException e) {
            return null; // another language
        }
    }
}
