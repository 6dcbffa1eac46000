package org.avatarengine.app;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.avatarengine.graph.Graph;
import org.avatarengine.page.NextStep;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** What {@code avatar} shows without a command: what would be sensible to do next, and an offer to do it. */
final class Welcome {
    private final Common common;
    private final PrintWriter out;
    private final CommandLine commands;

    Welcome(Common common, PrintWriter out, CommandLine commands) {
        this.common = common;
        this.out = out;
        this.commands = commands;
    }

    int show() {
        Serving serving = Serving.running(common.dataFolder());
        List<NextStep> steps = steps();
        if (common.json) {
            Map<String, Object> shown = new LinkedHashMap<>();
            shown.put("page", serving == null ? null : serving.page());
            shown.put("next", steps);
            Json.print(out, shown);
            return 0;
        }
        out.println("Avatar Engine: your messages, the people in them, and avatars of them. All on this machine.");
        out.println();
        if (serving != null) {
            out.println("The page is open at " + serving.page());
            out.println();
        }
        out.println("Next:");
        for (NextStep step : steps) {
            out.println("  avatar " + words(step.command()));
            out.println("      " + step.title() + ". " + step.why());
        }
        if (serving == null) {
            out.println("  avatar serve");
            out.println("      Open the page, where all of this can be done with a mouse.");
        }
        out.println();
        out.println("All commands: avatar --help");
        out.flush();
        return offer(steps.getFirst());
    }

    private List<NextStep> steps() {
        boolean stored = common.graph != null
                || !common.config().text("graph.uri").isBlank()
                || Files.isDirectory(common.dataFolder().resolve(Common.GRAPH));
        if (!stored) {
            return List.of(NextStep.BEGIN);
        }
        try (Graph graph = common.openGraph()) {
            return NextStep.of(graph);
        }
    }

    /** On a terminal, does the first step when the user says so. */
    private int offer(NextStep step) {
        if (!Question.agreed("%nDo the first now? [y/N] ")) {
            return 0;
        }
        return commands.execute(Stream.concat(step.command().stream(), given()).toArray(String[]::new));
    }

    private Stream<String> given() {
        return Stream.concat(option("--data=", common.data), option("--graph=", common.graph));
    }

    private static Stream<String> option(String name, @Nullable Object value) {
        return value == null ? Stream.empty() : Stream.of(name + value);
    }

    private static String words(List<String> command) {
        return command.stream()
                .map(word -> word.contains(" ") ? "\"" + word + "\"" : word)
                .collect(Collectors.joining(" "));
    }
}
