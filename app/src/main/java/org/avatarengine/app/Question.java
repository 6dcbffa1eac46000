package org.avatarengine.app;

import java.io.Console;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Asks before something is done that the user may not want. */
final class Question {
    private Question() {}

    /** Whether the user says yes; without a terminal there is nobody to say so. */
    static boolean agreed(String format, @Nullable Object... arguments) {
        Console console = System.console();
        String answer = console == null || !console.isTerminal()
                ? null
                : console.readLine("%s", String.format(Locale.ROOT, format, arguments));
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
    }
}
