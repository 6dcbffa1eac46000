package org.avatarengine.client;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Starts an engine that outlives the client and its terminal. */
final class EngineStart {
    /**
     * The variables that an engine gets. Keys and passwords are not among them: each command brings those that it was
     * called with.
     */
    private static final Pattern KEPT =
            Pattern.compile("PATH|HOME|USER|LOGNAME|SHELL|LANG|LC_.*|TZ|TMPDIR|TEMP|TMP|XDG_RUNTIME_DIR|JAVA_HOME"
                    + "|AVATAR_MEMORY|AVATAR_RELEASE|SystemRoot|USERPROFILE|LOCALAPPDATA|APPDATA|ProgramFiles.*");

    private EngineStart() {}

    /** @param command the words that start the program */
    static Process of(List<String> command, EngineFolder folder, Map<String, String> environment) throws IOException {
        List<String> words = new ArrayList<>();
        if (!System.getProperty("os.name", "").startsWith("Windows")) {
            // Ctrl-C and a closed terminal must not end it. A JVM leaves signals alone that are ignored when it starts.
            words.addAll(List.of("/bin/sh", "-c", "trap '' INT HUP QUIT; exec \"$@\"", "sh"));
        }
        words.addAll(command);
        words.addAll(List.of(
                "engine", "run", "--data", folder.data().toAbsolutePath().toString()));
        File log = log(folder.log());
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(folder.path().toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new File(nothing())))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .redirectError(ProcessBuilder.Redirect.appendTo(log));
        builder.environment().clear();
        environment.forEach((name, value) -> {
            if (KEPT.matcher(name).matches()) {
                builder.environment().put(name, value);
            }
        });
        return builder.start();
    }

    private static String nothing() {
        return System.getProperty("os.name", "").startsWith("Windows") ? "NUL" : "/dev/null";
    }

    private static File log(Path file) throws IOException {
        if (Files.exists(file)) {
            return file.toFile(); // the engine shortens it
        }
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(file);
        }
        return file.toFile();
    }
}
