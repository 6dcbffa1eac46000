package org.avatarengine.app.print;

import java.io.Console;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Asks the user before a change that they may not want. */
public final class Confirmation {
    private Confirmation() {}

    /** The one of several options that the user chooses by its number. Null without a terminal, or without a choice. */
    public static @Nullable String choice(String question, List<String> options) {
        Console console = System.console();
        if (console == null || !console.isTerminal()) {
            return null;
        }
        console.printf("%s%n", question);
        for (int i = 0; i < options.size(); i++) {
            console.printf("  %d  %s%n", i + 1, options.get(i));
        }
        String answer = console.readLine("Number: ");
        try {
            int number = answer == null ? 0 : Integer.parseInt(answer.strip());
            return number >= 1 && number <= options.size() ? options.get(number - 1) : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Whether the user answers yes. Without a terminal the answer is no. */
    public static boolean agreed(String format, @Nullable Object... arguments) {
        Console console = System.console();
        String answer = console == null || !console.isTerminal()
                ? null
                : console.readLine("%s", String.format(ReaderLocale.get(), format, arguments));
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
    }
}
