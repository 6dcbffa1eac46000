package org.avatarengine.app.command;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs the commands that people use most, on the example data and without showing anything, so that the Java machine
 * can write down the classes that they need. Later starts take them from that file (JEP 483 and 514), which is several
 * times faster than reading and checking them one by one.
 */
public final class Rehearsal {
    private static final String QUESTION = "what did we say about the trip?";

    private Rehearsal() {}

    /** @param arguments an empty folder, which gets the example data */
    public static void main(String[] arguments) {
        Path folder = Path.of(arguments[0]);
        commands(folder).forEach(Rehearsal::run);
        System.exit(0);
    }

    private static List<List<String>> commands(Path folder) {
        String data = folder.toString();
        String store = folder.resolve("demo").toString();
        String person = "Maya";
        return List.of(
                List.of("--help"),
                List.of("people", "--hepl"),
                List.of("demo", "--data", data),
                List.of("people", "--data", store),
                List.of("people", "--json", "--data", store),
                List.of("stats", "--data", store),
                List.of("profile", person, "--data", store),
                List.of("prompt", person, "--data", store),
                List.of("recall", person, QUESTION, "--data", store),
                List.of("ask", person, QUESTION, "--data", store),
                List.of("query", "MATCH (p:Person) RETURN p.name LIMIT 3", "--data", store),
                List.of("tokens", "--data", store),
                List.of("doctor", "--data", store));
    }

    private static void run(List<String> words) {
        PrintWriter nowhere = new PrintWriter(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Main.run(nowhere, nowhere, words.toArray(String[]::new));
    }
}
