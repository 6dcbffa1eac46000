package org.avatarengine.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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

    /** What the list of commands says of those that work on the graph. */
    private static final String GRAPH = "graph";

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
        String[] known = known().get(command);
        return !asksForHelp && known != null && known[0].equals(GRAPH);
    }

    /** Whether there is no such command, or it has no such option: then it only has to be explained. */
    boolean isWrong() throws IOException {
        String[] known = known().get(command);
        if (known == null) {
            return true;
        }
        Set<String> options = Set.of(known);
        for (String argument : arguments) {
            if (argument.equals("--")) {
                return false;
            }
            int end = argument.indexOf('=');
            if (argument.startsWith("--") && !options.contains(end < 0 ? argument : argument.substring(0, end))) {
                return true;
            }
        }
        return false;
    }

    /**
     * The commands by their names: whether each works on the graph, and its options and those of its subcommands. The
     * program without a command has the empty name.
     */
    private static Map<String, String[]> known() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(CommandLine.class.getResourceAsStream("commands"), "the list of commands")) {
            Map<String, String[]> known = new HashMap<>();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
                int name = line.indexOf(':');
                if (name >= 0) {
                    known.put(
                            line.substring(0, name),
                            line.substring(name + 1).strip().split(" ", -1));
                }
            }
            return known;
        }
    }
}
