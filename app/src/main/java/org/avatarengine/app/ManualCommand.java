package org.avatarengine.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

@Command(
        name = "man",
        mixinStandardHelpOptions = true,
        description = {
            "Prints the manual in man's own format: all commands with their options.",
            "To read it: avatar man | man -l -. To install it: avatar man > /usr/local/share/man/man1/avatar.1"
        })
final class ManualCommand extends AvatarCommand implements WorksLocked {
    @Override
    public Integer call() {
        String manual = manual(spec.root());
        if (common.json) {
            Json.print(out(), Map.of("manual", manual));
        } else {
            out().print(manual);
            out().flush();
        }
        return 0;
    }

    /**
     * The manual of a command and all below it.
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
        term(lines, "AVATAR_DATA", "The folder of all stored data.");
        term(lines, "AVATAR_GRAPH", "A Neo4j server in place of the embedded graph.");
        term(lines, "NEO4J_USERNAME, NEO4J_PASSWORD", "Its credentials.");
        term(lines, "ANTHROPIC_API_KEY", "The key of Claude, where it is to be asked.");
        term(lines, "AVATAR_MEMORY", "The most memory for the program's heap, such as 1400m.");
        term(lines, "NO_COLOR", "When set, nothing is coloured.");
        lines.add(".SH \"EXIT STATUS\"");
        term(lines, "0", "All went well.");
        term(lines, "1", "Something given cannot be used, or something else failed; one line says what.");
        term(lines, "2", "The command line is wrong.");
        term(lines, "130", "The command was stopped; what it had done so far is kept.");
        return String.join("\n", lines) + "\n";
    }

    /** @param known options that every command has */
    private static void commands(List<String> lines, CommandSpec of, Set<String> known) {
        for (CommandLine command : of.subcommands().values().stream().distinct().toList()) {
            CommandSpec spec = command.getCommandSpec();
            if (spec.usageMessage().hidden()) {
                continue;
            }
            lines.add(".SS \"" + escaped(spec.qualifiedName(" ")) + "\"");
            text(lines, spec.usageMessage().description());
            spec.positionalParameters()
                    .forEach(p ->
                            term(lines, p.paramLabel(), String.join(" ", rendered(p.description(), p.defaultValue()))));
            options(lines, spec, known);
            commands(lines, spec, known);
        }
    }

    private static void options(List<String> lines, CommandSpec of, Set<String> known) {
        of.options().stream()
                .filter(option -> !option.hidden() && !known.contains(option.longestName()))
                .forEach(option -> term(lines, names(option), String.join(" ", description(option))));
    }

    private static String names(OptionSpec option) {
        String names = String.join(", ", option.names());
        return option.arity().max() == 0 ? names : names + "=" + option.paramLabel();
    }

    private static String[] description(OptionSpec option) {
        String[] rendered = rendered(option.description(), option.defaultValue());
        Iterable<String> candidates = option.completionCandidates();
        if (candidates != null) {
            String all = String.join(", ", candidates).toLowerCase(Locale.ROOT);
            for (int i = 0; i < rendered.length; i++) {
                rendered[i] = rendered[i].replace("${COMPLETION-CANDIDATES}", all);
            }
        }
        return rendered;
    }

    private static String[] rendered(String[] description, @org.jspecify.annotations.Nullable String byDefault) {
        String[] rendered = description.clone();
        for (int i = 0; i < rendered.length; i++) {
            rendered[i] = rendered[i].replace("${DEFAULT-VALUE}", String.valueOf(byDefault));
        }
        return rendered;
    }

    private static void text(List<String> lines, String[] text) {
        lines.add(java.util.Arrays.stream(text).map(ManualCommand::escaped).collect(Collectors.joining("\n")));
    }

    private static void term(List<String> lines, String term, String text) {
        lines.add(".TP");
        lines.add("\\fB" + escaped(term) + "\\fR");
        lines.add(escaped(text));
    }

    /** What would be an instruction to roff is made text. */
    private static String escaped(String text) {
        String plain = Ansi.OFF.string(text).replace("\\", "\\e").replace("-", "\\-");
        return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
    }
}
