package org.avatarengine.app;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import org.avatarengine.failure.Failure;
import org.avatarengine.identity.HandleNormalizer;
import org.avatarengine.redaction.KnownNames;
import org.avatarengine.redaction.RedactingFormatter;
import org.avatarengine.source.SourceException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The program's entry. Results go to standard output; progress, warnings and errors to standard error. */
@Command(
        name = "avatar",
        description = {
            "Turns your own message history into a graph of the people in it, and into avatars of them.",
            "Everything stays on this machine, but for what enrich and chat send when you ask for it."
        },
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            DemoCommand.class,
            ImportCommand.class,
            PeopleCommand.class,
            AnalyzeCommand.class,
            ProfileCommand.class,
            PromptCommand.class,
            RecallCommand.class,
            ChatCommand.class,
            AskCommand.class,
            ReplyCommand.class,
            EvaluateCommand.class,
            ServeCommand.class,
            TrainCommand.class,
            ModelsCommand.class,
            RecordingsCommand.class,
            EnrichCommand.class,
            TokensCommand.class,
            StatsCommand.class,
            QueryCommand.class,
            ConfigCommand.class,
            DoctorCommand.class,
            ValidateCommand.class,
            AuditCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            ExportCommand.class,
            ResetCommand.class,
            LockCommand.class,
            UnlockCommand.class,
            CompletionCommand.class,
            ManualCommand.class
        },
        footer = {"", "Start with: avatar demo", "Then read your own: avatar import --help"})
public final class Main extends AvatarCommand {
    /** Something given cannot be used. */
    static final int EXIT_INPUT = 1;

    /** The command was interrupted; what it had done so far is kept. */
    static final int EXIT_INTERRUPTED = 130;

    /** Whose names no log may have. */
    static final KnownNames LOGGED = new KnownNames(Duration.ofSeconds(2));

    private Main() {}

    /** Runs the program and ends the process with its exit code: 0, 1 (bad input), 2 (wrong usage), 130 (stopped). */
    public static void main(String[] args) {
        PrintStream out = new PrintStream(
                new java.io.FileOutputStream(java.io.FileDescriptor.out), false, StandardCharsets.UTF_8);
        PrintStream err =
                new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.err), true, StandardCharsets.UTF_8);
        System.setOut(out);
        System.setErr(err);
        // The libraries' own loggers would mix into the progress line; their warnings are not for users.
        Logger root = LogManager.getLogManager().getLogger("");
        root.setLevel(Level.SEVERE);
        for (Handler handler : root.getHandlers()) {
            handler.setFormatter(new RedactingFormatter(HandleNormalizer::systemRegion, LOGGED));
        }
        int code = run(new PrintWriter(out), new PrintWriter(err, true), args);
        out.flush();
        System.exit(code);
    }

    /** Runs the program and returns its exit code. */
    static int run(PrintWriter out, PrintWriter err, String... args) {
        return run(Surroundings.PROCESS, out, err, args);
    }

    /** Runs the program as a part of another. */
    static int run(Surroundings surroundings, PrintWriter out, PrintWriter err, String... args) {
        Main main = new Main();
        PrintWriter shown = new PrintWriter(new ScreenWriter(out));
        PrintWriter told = new PrintWriter(new ScreenWriter(err), true);
        CommandLine commands = new CommandLine(main);
        commands.addSubcommand("forget", new ExcludeCommand());
        commands.setOut(shown);
        commands.setErr(told);
        commands.setCaseInsensitiveEnumValuesAllowed(true);
        commands.setExecutionExceptionHandler((e, command, parsed) -> explain(e, told, wantsDebug(args)));
        commands.setExecutionStrategy(new Execution(surroundings, main.common));
        int code = commands.execute(args);
        shown.flush();
        told.flush();
        return code;
    }

    private static boolean wantsDebug(String[] args) {
        return Arrays.asList(args).contains("--debug");
    }

    private static int explain(Exception e, PrintWriter err, boolean debug) {
        String text = switch (e) {
            case SourceException source -> source.getMessage();
            case Failure failure -> failure.getMessage();
            case InputException input -> input.getMessage();
            case InterruptedException interrupted -> "Interrupted. What was done so far is kept.";
            case ParameterException parameter -> parameter.getMessage();
            case IOException io -> unwritten(io);
            case UncheckedIOException io -> unwritten(Objects.requireNonNull(io.getCause()));
            default ->
                "An error in the program itself: " + e + ". Please report it; run again with --debug for details.";
        };
        err.println("avatar: " + text);
        if (debug) {
            e.printStackTrace(err);
        }
        err.flush();
        return e instanceof InterruptedException ? EXIT_INTERRUPTED : EXIT_INPUT;
    }

    private static String unwritten(IOException e) {
        return "A file could not be read or written (" + e.getMessage()
                + "). What was stored before is kept; check the disk and run the command again.";
    }

    /** Without a command: what to do next. */
    @Override
    public Integer call() {
        return new Welcome(common, out(), spec.commandLine()).show();
    }
}
