package org.avatarengine.app.print;

import java.util.Locale;

/**
 * The locale in which numbers and dates are printed: the one of the user's environment ({@code LANG}, {@code LC_ALL} or
 * the system's settings). Output for programs (JSON, CSV, SQL) does not use it.
 */
public final class ReaderLocale {
    private ReaderLocale() {}

    public static Locale get() {
        return Locale.getDefault(Locale.Category.FORMAT);
    }
}
