package org.avatarengine.app.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.avatarengine.app.print.Json;
import org.avatarengine.app.print.JsonOutput;
import org.avatarengine.app.services.AvatarCommand;
import org.avatarengine.app.services.DataUse;
import org.avatarengine.app.services.WorksLocked;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

@JsonOutput(ManualCommand.Manual.class)
@Command(
        name = "man",
        mixinStandardHelpOptions = true,
        description = {
            "Prints a manual page with all commands and options.",
            "To read it, run: avatar man | man -l -",
            "To install it, run: avatar man > /usr/local/share/man/man1/avatar.1"
        })
public final class ManualCommand extends AvatarCommand implements WorksLocked {
    /** The output of {@code --json}. */
    record Manual(String manual) {}

    @Override
    public DataUse dataUse(String name) {
        return DataUse.NONE;
    }

    @Override
    public boolean needsDataAlone() {
        return false;
    }

    @Override
    public Integer call() {
        String manual = manual(spec.root());
        if (options.json) {
            Json.print(out(), new Manual(manual));
        } else {
            out().print(manual);
            out().flush();
        }
        return 0;
    }

    /**
     * The manual page of a command and all its subcommands.
     *
     * @see <a href="https://man7.org/linux/man-pages/man7/man.7.html">man(7)</a>
     */
    static String manual(CommandSpec root) {
        List<String> lines = new ArrayList<>();
        lines.add(".TH AVATAR 1 \"\" \"Avatar Engine\" \"User Commands\"");
        lines.add(".SH NAME");
        lines.add("avatar \\- " + escaped(root.usageMessage().description()[0]));
        lines.add(".SH SYNOPSIS");
        lines.add(".B avatar");
        lines.add("[\\fIcommand\\fR] [\\fIoptions\\fR]");
        lines.add(".SH DESCRIPTION");
        text(lines, root.usageMessage().description());
        lines.add(".SH \"OPTIONS OF ALL COMMANDS\"");
        options(lines, root, Set.of());
        lines.add(".SH COMMANDS");
        commands(
                lines,
                root,
                root.options().stream().map(OptionSpec::longestName).collect(Collectors.toSet()));
        lines.add(".SH ENVIRONMENT");
        term(lines, "AVATAR_DATA", "The data folder, which holds everything the program stores.");
        term(lines, "AVATAR_GRAPH", "The address of a Neo4j server to use instead of the embedded graph.");
        term(lines, "NEO4J_USERNAME, NEO4J_PASSWORD", "The credentials for that server.");
        term(lines, "ANTHROPIC_API_KEY", "The API key for Claude.");
        term(lines, "ANTHROPIC_AUTH_TOKEN", "A bearer token for Claude, used when there is no API key.");
        term(lines, "AVATAR_MEMORY", "The maximum heap size of the program, such as 1400m.");
        term(lines, "NO_COLOR", "Turns off colors when set.");
        lines.add(".SH \"EXIT STATUS\"");
        term(lines, "0", "Success.");
        term(lines, "1", "The command failed. One line on standard error says why.");
        term(lines, "2", "The command line is wrong.");
        term(lines, "130", "The command was interrupted. The work done so far is kept.");
        return String.join("\n", lines) + "\n";
    }

    /** @param known the options that every command has */
    private static void commands(List<String> lines, CommandSpec of, Set<String> known) {
        for (CommandLine command : of.subcommands().values().stream().distinct().toList()) {
            CommandSpec spec = command.getCommandSpec();
            if (spec.usageMessage().hidden()) {
                continue;
            }
            lines.add(".SS \"" + escaped(spec.qualifiedName(" ")) + "\"");
            text(lines, spec.usageMessage().description());
            spec.positionalParameters()
                    .forEach(parameter -> term(lines, parameter.paramLabel(), description(parameter)));
            options(lines, spec, known);
            commands(lines, spec, known);
        }
    }

    private static void options(List<String> lines, CommandSpec of, Set<String> known) {
        of.options().stream()
                .filter(option -> !option.hidden() && !known.contains(option.longestName()))
                .forEach(option -> term(lines, names(option), description(option)));
    }

    private static String names(OptionSpec option) {
        String names = String.join(", ", option.names());
        return option.arity().max() == 0 ? names : names + "=" + option.paramLabel();
    }

    /** The description with the default value filled in, as picocli does for {@code --help}. */
    private static String description(ArgSpec of) {
        return String.join(" ", of.description()).replace("${DEFAULT-VALUE}", of.defaultValueString());
    }

    private static void text(List<String> lines, String[] text) {
        lines.add(java.util.Arrays.stream(text).map(ManualCommand::escaped).collect(Collectors.joining("\n")));
    }

    private static void term(List<String> lines, String term, String text) {
        lines.add(".TP");
        lines.add("\\fB" + escaped(term) + "\\fR");
        lines.add(escaped(text));
    }

    /** Escapes what roff would read as an instruction. */
    private static String escaped(String text) {
        String plain = Ansi.OFF.string(text).replace("\\", "\\e").replace("-", "\\-");
        return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
    }
}
