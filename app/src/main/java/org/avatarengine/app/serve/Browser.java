package org.avatarengine.app.serve;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.avatarengine.app.services.ExecutionContext;
import org.avatarengine.files.WholeFile;
import org.jspecify.annotations.Nullable;

/** Opens a page in the user's browser. */
public final class Browser {
    private Browser() {}

    /**
     * Opens an address if there is a screen. The address holds the token, and other users of this computer can read the
     * arguments of a program. The browser therefore gets a file that only its owner can read and that redirects to the
     * address.
     */
    static void open(String address, Path file, ExecutionContext context) throws IOException {
        List<String> command = command(file, context.environment());
        if (command == null || !context.terminal().isInteractive()) {
            return;
        }
        WholeFile.write(
                file,
                "<!doctype html><meta charset=\"utf-8\"><meta name=\"referrer\" content=\"no-referrer\">"
                        + "<meta http-equiv=\"refresh\" content=\"0; url=" + address
                        + "\"><title>Avatar Engine</title>");
        try {
            ProcessBuilder browser = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
            browser.environment().putAll(context.environment());
            browser.start();
        } catch (IOException e) {
            // Without a browser, the user can still open the printed address.
        }
    }

    private static @Nullable List<String> command(Path file, Map<String, String> environment) {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String address = file.toUri().toString();
        if (system.contains("mac")) {
            return List.of("open", address);
        }
        if (system.contains("windows")) {
            return List.of("rundll32", "url.dll,FileProtocolHandler", address);
        }
        return environment.containsKey("DISPLAY") || environment.containsKey("WAYLAND_DISPLAY")
                ? List.of("xdg-open", address)
                : null;
    }
}
