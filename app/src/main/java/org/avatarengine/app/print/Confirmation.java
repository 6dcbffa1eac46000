package org.avatarengine.app.print;

import java.io.Console;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Asks the user before a change that they may not want. */
public final class Confirmation {
    private Confirmation() {}

    /** Whether the user answers yes. Without a terminal the answer is no. */
    public static boolean agreed(String format, @Nullable Object... arguments) {
        Console console = System.console();
        String answer = console == null || !console.isTerminal()
                ? null
                : console.readLine("%s", String.format(ReaderLocale.get(), format, arguments));
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
    }
}
