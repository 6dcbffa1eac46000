package org.avatarengine.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The terminal's mode: whole lines, or each key as it is pressed, for a chat whose lines can be edited.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9799919799/utilities/stty.html">stty</a>
 */
final class Keyboard {
    /** The mode before; null while it is unchanged. */
    private @Nullable String before;

    synchronized void keys(boolean each) {
        String mode = before;
        if (each && mode == null) {
            before = stty("-g");
            stty("-icanon", "-echo", "-isig", "min", "1", "time", "0");
        } else if (!each && mode != null) {
            stty(mode);
            before = null;
        }
    }

    /** The rows and columns of the terminal, with a space between; empty if they are not known. */
    static String size() {
        String size = stty("size");
        return size == null ? "" : size;
    }

    private static @Nullable String stty(String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = "stty";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String mode = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor() == 0 ? mode : null;
        } catch (IOException e) {
            return null; // without stty, lines are edited as the terminal does it
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
