package org.avatarengine.source.apps.google;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads times written out as the account's language does: "Monday, January 4, 2021 at 10:21:25 PM UTC". Which language
 * it is shows when one of those that Java knows can read it; that one is tried first from then on.
 */
final class LocalizedTime {
    private static final FormatStyle[] STYLES = {FormatStyle.FULL, FormatStyle.LONG};

    private final List<DateTimeFormatter> formats = new ArrayList<>();
    private boolean all;

    LocalizedTime() {
        add(Locale.US);
    }

    private void add(Locale locale) {
        for (FormatStyle style : STYLES) {
            String pattern = DateTimeFormatterBuilder.getLocalizedDateTimePattern(
                    style, FormatStyle.LONG, IsoChronology.INSTANCE, locale);
            formats.add(new DateTimeFormatterBuilder()
                    .parseCaseInsensitive()
                    .appendPattern(plain(pattern))
                    .toFormatter(locale));
        }
    }

    /** Newer versions of the patterns use narrow and unbreakable spaces where older ones use plain ones. */
    private static String plain(String text) {
        return text.replaceAll("[\\u00a0\\u202f\\u2009]", " ");
    }

    /** The time; null when no language reads it so. */
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
            try {
                Instant read = ZonedDateTime.parse(text, formats.get(i)).toInstant();
                formats.addFirst(formats.remove(i));
                return read;
            } catch (DateTimeException e) {
                continue; // another language
            }
        }
        return null;
    }
}
