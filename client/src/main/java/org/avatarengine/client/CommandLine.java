package org.avatarengine.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * As much of a command line as a client has to understand.
 *
 * @param arguments all of it
 * @param data the data folder
 * @param command the name of the command; empty if there is none
 */
public record CommandLine(List<String> arguments, Path data, String command) {
    private static final String NO_ENGINE = "--no-engine";
    private static final String DATA = "--data";

    /** Options before the command's name whose value may be a word of its own. */
    private static final Set<String> WITH_VALUE = Set.of(DATA, "--graph");

    static CommandLine of(List<String> arguments, Map<String, String> environment, Path home) {
        String data = value(arguments);
        String set = environment.get("AVATAR_DATA");
        Path folder = data != null
                ? Path.of(data)
                : set != null && !set.isBlank() ? Path.of(set) : home.resolve(".avatar-engine");
        return new CommandLine(arguments, folder, command(arguments));
    }

    private static @Nullable String value(List<String> arguments) {
        String value = null;
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.startsWith(DATA + "=")) {
                value = argument.substring(DATA.length() + 1);
            } else if (argument.equals(DATA) && i + 1 < arguments.size()) {
                value = arguments.get(i + 1);
            }
        }
        return value;
    }

    /** The name of the command in a command line; empty if there is none. */
    public static String command(List<String> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (!argument.startsWith("-")) {
                return argument;
            }
            i += WITH_VALUE.contains(argument) ? 1 : 0;
        }
        return "";
    }

    /** Whether the user wants no engine. */
    boolean alone() {
        return arguments.contains(NO_ENGINE);
    }

    /** Whether the command is worth starting an engine: whether it works on the graph. */
    boolean startsEngine() throws IOException {
        boolean asksForHelp = arguments.stream()
                .anyMatch(argument -> argument.equals("--help")
                        || argument.equals("-h")
                        || argument.equals("--version")
                        || argument.equals("-V"));
        return !asksForHelp && ofGraph().contains(command);
    }

    /** The commands that work on the graph; the first line of the file is for the program without a command. */
    static Set<String> ofGraph() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(CommandLine.class.getResourceAsStream("commands"), "the list of commands")) {
            return Arrays.stream(new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1))
                    .map(String::strip)
                    .collect(Collectors.toSet());
        }
    }
}
