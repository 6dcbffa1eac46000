package org.avatarengine.app.command;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.avatarengine.app.print.Confirmation;
import org.avatarengine.app.print.Json;
import org.avatarengine.app.services.Services;
import org.avatarengine.app.services.Serving;
import org.avatarengine.graph.Graph;
import org.avatarengine.page.NextStep;
import org.avatarengine.vault.DataFolder.Content;
import org.jspecify.annotations.Nullable;

/** What {@code avatar} shows without a command: useful next steps, and an offer to run the first of them. */
public final class NextSteps {
    /**
     * The output of {@code --json}.
     *
     * @param page the address of the page; null if it is not open
     */
    record Shown(@Nullable String page, List<NextStep> next) {}

    private final Services services;
    private final PrintWriter out;
    private final PrintWriter err;

    NextSteps(Services services, PrintWriter out, PrintWriter err) {
        this.services = services;
        this.out = out;
        this.err = err;
    }

    int show() {
        Serving serving = Serving.running(services.data().path());
        List<NextStep> steps = steps();
        if (services.options().json) {
            Json.print(out, new Shown(serving == null ? null : serving.page(), steps));
            return 0;
        }
        out.println("Avatar Engine turns your messages into a graph of people and avatars of them.");
        out.println();
        if (serving != null) {
            out.println("The page is open at " + serving.page());
            out.println();
        }
        out.println("Next steps:");
        for (NextStep step : steps) {
            out.println("  avatar " + words(step.command()));
            out.println("      " + step.title() + ". " + step.why());
        }
        if (serving == null) {
            out.println("  avatar serve");
            out.println("      Do all of this on a page in your browser.");
        }
        out.println();
        out.println("Run `avatar --help` to see all commands.");
        out.flush();
        return offer(steps.getFirst());
    }

    private List<NextStep> steps() {
        boolean stored = services.options().graph != null
                || !services.config().text("graph.uri").isBlank()
                || Files.isDirectory(services.data().at(Content.GRAPH));
        if (!stored) {
            return List.of(NextStep.BEGIN);
        }
        try (Graph graph = services.openGraph()) {
            return NextStep.of(graph);
        }
    }

    /** Asks on a terminal whether to run the first step. */
    private int offer(NextStep step) {
        if (!new Confirmation(services.context().terminal()).agreed("%nRun the first command now? [y/N] ")) {
            return 0;
        }
        String[] words = Stream.concat(step.command().stream(), given()).toArray(String[]::new);
        return services.context().program().run(services.context(), out, err, words);
    }

    private Stream<String> given() {
        return Stream.concat(option("--data=", services.options().data), option("--graph=", services.options().graph));
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
