package org.avatarengine.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Times whole commands as a user calls them, the launcher included: {@code LAUNCHER DATA PERSON}. Prints medians of five
 * with a warm engine, without one, and of the command that starts the engine.
 */
final class CommandTimes {
    private static final int RUNS = 5;
    private static final double NANOS = 1e9;

    private final String launcher;
    private final String data;

    private CommandTimes(String launcher, String data) {
        this.launcher = launcher;
        this.data = data;
    }

    public static void main(String[] args) throws Exception {
        new CommandTimes(args[0], args[1]).print(args[2]);
    }

    private void print(String person) throws IOException, InterruptedException {
        System.out.println("| command | median s | lowest | highest |");
        System.out.println("| --- | --- | --- | --- |");
        seconds("engine", "stop");
        Thread.sleep(2_000); // until it has ended
        row("--help", false, "--help");
        row("a wrong option", false, "people", "--wrong");
        row("people, no engine", false, "people", "--no-engine");
        List<Double> starts = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            seconds("engine", "stop");
            Thread.sleep(2_000); // until it has ended
            starts.add(seconds("people"));
        }
        show("people, starting the engine", starts);
        row("people", true, "people");
        row("stats", true, "stats");
        row("profile", true, "profile", person);
        row("prompt", true, "prompt", person);
        row("query", true, "query", "RETURN 1");
        row("recall", true, "recall", person, "what did we do last summer?");
        row("ask, nearest", true, "ask", person, "how are you?", "--model", "nearest");
        seconds("engine", "stop");
    }

    /** @param warm whether to run it once before it counts */
    private void row(String name, boolean warm, String... words) throws IOException, InterruptedException {
        if (warm) {
            seconds(words);
        }
        List<Double> all = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            all.add(seconds(words));
        }
        show(name, all);
    }

    private static void show(String name, List<Double> seconds) {
        List<Double> sorted = seconds.stream().sorted().toList();
        System.out.printf(
                Locale.ROOT,
                "| %s | %.2f | %.2f | %.2f |%n",
                name,
                sorted.get(sorted.size() / 2),
                sorted.getFirst(),
                sorted.getLast());
    }

    private double seconds(String... words) throws IOException, InterruptedException {
        List<String> command = Stream.concat(
                        Stream.of(launcher), Stream.concat(Stream.of(words), Stream.of("--data", data)))
                .toList();
        long begin = System.nanoTime();
        new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        return (System.nanoTime() - begin) / NANOS;
    }
}
