package org.avatarengine.app.command;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.function.Predicate;
import java.util.logging.ConsoleHandler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import org.avatarengine.app.print.JsonOutput;
import org.avatarengine.app.print.Screen;
import org.avatarengine.app.services.AvatarCommand;
import org.avatarengine.app.services.DataUse;
import org.avatarengine.app.services.ExecutionContext;
import org.avatarengine.app.services.ExitCode;
import org.avatarengine.app.services.InputException;
import org.avatarengine.app.services.Services;
import org.avatarengine.failure.Failure;
import org.avatarengine.identity.HandleNormalizer;
import org.avatarengine.redaction.RedactingFormatter;
import org.avatarengine.source.SourceException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;

/** The program's entry point. Results go to standard output; progress, warnings and errors go to standard error. */
@JsonOutput(NextSteps.Shown.class)
@Command(
        name = "avatar",
        description = {
            "Turns your message history into a graph of people and avatars of them.",
            "Your data stays on this computer. Only the commands that ask Claude or another server send parts of it."
        },
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Run `avatar demo` to see how it works, then import your own messages with `avatar import`.",
            "Run `avatar COMMAND --help` for more about a command."
        })
public final class Main extends AvatarCommand {
    @Override
    public DataUse dataUse(String name) {
        return DataUse.NONE;
    }

    /** What a user sees of an exception that no code expects. Its details may hold private data. */
    static final String INTERNAL =
            "The program has an internal error. Run the command again with --debug, and report what it shows.";

    private static final String STOPPED = "Interrupted. The work done so far is kept.";

    private Main() {}

    /** Runs the program and ends the process with code 0, 1 (failed), 2 (wrong command line) or 130 (interrupted). */
    public static void main(String[] args) {
        PrintStream out = new PrintStream(
                new java.io.FileOutputStream(java.io.FileDescriptor.out), false, StandardCharsets.UTF_8);
        PrintStream err =
                new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.err), true, StandardCharsets.UTF_8);
        System.setOut(out);
        System.setErr(err);
        // Read when something is logged for the first time, which is rarely.
        System.setProperty("java.util.logging.config.class", Logging.class.getName());
        int code = run(new PrintWriter(out), new PrintWriter(err, true), args);
        out.flush();
        System.exit(code);
    }

    /** What is logged: only errors, without private data. */
    public static final class Logging {
        /** Called by {@link LogManager}. */
        public Logging() {
            // Log output of the libraries would mix with the progress line, and their warnings are not for users.
            Logger root = Logger.getLogger("");
            root.setLevel(Level.SEVERE);
            ConsoleHandler console = new ConsoleHandler();
            console.setLevel(Level.SEVERE);
            console.setFormatter(new RedactingFormatter(HandleNormalizer::systemRegion, Services.LOGGED));
            root.addHandler(console);
        }
    }

    /** Runs the program and returns its exit code. */
    static int run(PrintWriter out, PrintWriter err, String... args) {
        return run(new ExecutionContext.OwnProcess(Main::run, System.getenv()), out, err, args);
    }

    /** Runs the program inside another process, such as the page's server. */
    static int run(ExecutionContext context, PrintWriter out, PrintWriter err, String... args) {
        boolean colored = context.terminal().isColored();
        PrintWriter shown = new Screen(out, colored, false);
        PrintWriter told = new Screen(err, colored, true);
        CommandLine commands = commandLine(CommandGroups.in(List.of(args)));
        Main main = commands.getCommand();
        commands.setOut(shown);
        commands.setErr(told);
        commands.setColorScheme(CommandLine.Help.defaultColorScheme(colored ? Ansi.ON : Ansi.OFF));
        commands.registerConverter(Path.class, text -> context.folder().resolve(text));
        commands.setCaseInsensitiveEnumValuesAllowed(true);
        commands.setExecutionExceptionHandler((e, command, parsed) -> explain(e, told, wantsDebug(args)));
        commands.setParameterExceptionHandler(new UsageErrors(told, wantsDebug(args)));
        commands.setExecutionStrategy(new Execution(context, main.options));
        int code = commands.execute(args);
        shown.flush();
        told.flush();
        return code;
    }

    /** The program with all its commands. */
    static CommandLine commandLine() {
        return commandLine(name -> true);
    }

    private static CommandLine commandLine(Predicate<String> named) {
        CommandLine program = new CommandLine(new Main(), CommandGroups.MAKING);
        program.getCommandSpec().versionProvider(new Version());
        CommandGroups.addTo(program, named);
        return program;
    }

    private static boolean wantsDebug(String[] args) {
        return Arrays.asList(args).contains("--debug");
    }

    private static int explain(Exception e, PrintWriter err, boolean debug) {
        String text = switch (e) {
            case SourceException source -> source.getMessage();
            case Failure failure -> failure.getMessage();
            case InputException input -> input.getMessage();
            case InterruptedException interrupted -> STOPPED;
            case CancellationException cancelled -> STOPPED;
            case ParameterException parameter -> parameter.getMessage();
            case IOException io -> unwritten(io);
            case UncheckedIOException io -> unwritten(Objects.requireNonNull(io.getCause()));
            default -> INTERNAL;
        };
        err.println("avatar: " + text);
        if (debug) {
            e.printStackTrace(err);
        }
        err.flush();
        return Execution.isInterruption(e) ? ExitCode.INTERRUPTED : ExitCode.INPUT;
    }

    private static String unwritten(IOException e) {
        return "Cannot read or write a file: " + e.getMessage()
                + ". The data stored so far is safe. Check the disk and run the command again.";
    }

    /** Runs without a command: shows what to do next. */
    @Override
    public Integer call() {
        return new NextSteps(services(), out(), err()).show();
    }
}
