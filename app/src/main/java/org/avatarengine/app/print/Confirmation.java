package org.avatarengine.app.print;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Asks the user before a change that they may not want. */
public record Confirmation(UserTerminal terminal) {
    /** The one of several options that the user chooses by its number. Null without a terminal, or without a choice. */
    public @Nullable String choice(String question, List<String> options) {
        if (!terminal.isInteractive()) {
            return null;
        }
        StringBuilder prompt = new StringBuilder(question).append('\n');
        for (int i = 0; i < options.size(); i++) {
            prompt.append("  ")
                    .append(i + 1)
                    .append("  ")
                    .append(options.get(i))
                    .append('\n');
        }
        String answer = terminal.ask(prompt.append("Number: ").toString());
        try {
            int number = answer == null ? 0 : Integer.parseInt(answer.strip());
            return number >= 1 && number <= options.size() ? options.get(number - 1) : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Whether the user answers yes. Without a terminal the answer is no. */
    public boolean agreed(String format, @Nullable Object... arguments) {
        String answer = terminal.ask(String.format(ReaderLocale.get(), format, arguments));
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
    }
}
