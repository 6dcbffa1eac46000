package org.avatarengine.app.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.avatarengine.app.print.Json;
import org.avatarengine.app.print.JsonOutput;
import org.avatarengine.app.print.Quantities;
import org.avatarengine.app.services.AvatarCommand;
import org.avatarengine.app.services.DataUse;
import org.avatarengine.app.services.GlobalOptions;
import org.avatarengine.app.services.InputException;
import org.avatarengine.app.services.ProcessMemory;
import org.avatarengine.app.services.ResidentEngine;
import org.avatarengine.client.EngineFolder;
import org.avatarengine.vault.Ownership;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@JsonOutput(EngineCommand.Status.class)
@Command(
        name = "engine",
        mixinStandardHelpOptions = true,
        description = {
            "Shows or stops the engine, which runs in the background.",
            "It keeps the graph open, so that commands answer at once. The first command that needs the graph starts it."
                    + " It ends after the time in the setting engine.idle."
        })
public final class EngineCommand extends AvatarCommand {
    private static final int LAST_LINES = 200;

    /**
     * The output of {@code --json}.
     *
     * @param process the number of the engine's process; null if none runs
     * @param memory resident memory in bytes; null where the system does not tell
     */
    record Status(
            boolean running,
            @Nullable Long process,
            @Nullable Instant since,
            @Nullable Long idleSeconds,
            @Nullable Long memory,
            boolean graphOpen,
            List<ResidentEngine.Running> commands) {}

    /** The output of {@code stop --json}. */
    record Stopped(boolean stopped) {}

    /** The output of {@code log --json}. */
    record Log(List<String> lines) {}

    @Override
    public DataUse dataUse(String name) {
        return DataUse.NONE;
    }

    @Override
    public Integer call() throws IOException {
        return status(options);
    }

    @JsonOutput(Status.class)
    @Command(
            name = "status",
            mixinStandardHelpOptions = true,
            description = {"Shows whether an engine runs.", "This is the default."})
    int status(@Mixin GlobalOptions mine) throws IOException {
        ResidentEngine engine = context.engine();
        Status status = engine == null
                ? new Status(false, null, null, null, null, false, List.of())
                : new Status(
                        true,
                        ProcessHandle.current().pid(),
                        engine.started(),
                        engine.idle().toSeconds(),
                        memory(),
                        engine.hasGraph(),
                        engine.running().stream()
                                .filter(one -> !one.name().equals("engine"))
                                .toList());
        if (mine.json) {
            Json.print(out(), status);
            return 0;
        }
        if (engine == null) {
            out().println("No engine is running for " + services(mine).data().path() + ".");
            return 0;
        }
        out().println("An engine is running for " + services(mine).data().path() + " (process " + status.process()
                + ", since " + ago(status.since()) + ").");
        if (status.memory() != null) {
            out().println("Memory: " + Quantities.size(status.memory()) + ". Graph: "
                    + (status.graphOpen() ? "open" : "not open") + ".");
        }
        for (ResidentEngine.Running one : status.commands()) {
            out().println("Running: " + one.name() + ", since " + ago(one.since()));
        }
        out().println("It ends after " + Quantities.duration(engine.idle().toSeconds())
                + " without a command (setting engine.idle).");
        return 0;
    }

    private static String ago(@Nullable Instant since) {
        return since == null
                ? "?"
                : Quantities.duration(Duration.between(since, Instant.now()).toSeconds());
    }

    /** Null on systems other than Linux. */
    private static @Nullable Long memory() {
        OptionalLong resident = ProcessMemory.resident();
        return resident.isPresent() ? resident.getAsLong() : null;
    }

    @JsonOutput(Stopped.class)
    @Command(
            name = "stop",
            mixinStandardHelpOptions = true,
            description = "Ends the engine as soon as the commands that it runs have ended.")
    int stop(@Mixin GlobalOptions mine) {
        ResidentEngine engine = context.engine();
        if (engine != null) {
            engine.stop();
        }
        if (mine.json) {
            Json.print(out(), new Stopped(engine != null));
        } else {
            out().println(engine == null ? "No engine is running." : "The engine ends.");
        }
        return 0;
    }

    @JsonOutput(Log.class)
    @Command(
            name = "log",
            mixinStandardHelpOptions = true,
            description = {"Shows the last lines of the engine's log.", "It holds no messages, names or addresses."})
    int log(@Mixin GlobalOptions mine) throws IOException {
        Path file = new EngineFolder(services(mine).data().path()).log();
        List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
        List<String> last = lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
        if (mine.json) {
            Json.print(out(), new Log(last));
        } else {
            last.forEach(out()::println);
        }
        return 0;
    }

    /** Standard error of an engine is its log. */
    private void log(String what) {
        err().println(Instant.now() + " " + what);
    }

    @Command(
            name = "run",
            hidden = true,
            mixinStandardHelpOptions = true,
            description = {"Is the engine.", "The launcher starts it in the background."})
    int run(@Mixin GlobalOptions mine) throws IOException, InterruptedException {
        Path data = services(mine).data().path();
        if (services(mine).ownership().state() != Ownership.State.OWNED) {
            throw new InputException("There is no data in " + data + ".");
        }
        long minutes = services(mine).config().number("engine.idle");
        if (minutes == 0) {
            throw new InputException("The setting engine.idle is 0, so no engine is used.");
        }
        EngineLog.shorten(new EngineFolder(data).log());
        try (Engine engine = Engine.start(data, context.program(), Duration.ofMinutes(minutes))) {
            if (engine == null) {
                return 0; // another one was faster
            }
            log("started as process " + ProcessHandle.current().pid());
            engine.await();
        }
        log("ended");
        return 0;
    }
}
