package org.avatarengine.app.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Explains a wrong command line in one line: what is wrong, the most similar option or command, and where the help is. */
final class UsageErrors implements IParameterExceptionHandler {
    private static final int SUGGESTIONS = 2;
    private static final Pattern NOT_A_NUMBER = Pattern.compile("'([^']*)' is not an? (int|long|double|float)\\b");
    private static final Pattern CHOICES =
            Pattern.compile("expected one of \\[([^]]*)] \\(case-(?:in)?sensitive\\) but was '([^']*)'");

    private final PrintWriter err;
    private final boolean debug;

    UsageErrors(PrintWriter err, boolean debug) {
        this.err = err;
        this.debug = debug;
    }

    @Override
    public int handleParseException(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        err.println("avatar: " + plain(String.valueOf(e.getMessage())) + similar(e) + " Run `"
                + command.getCommandSpec().qualifiedName(" ") + " --help` to see how to use it.");
        if (debug) {
            e.printStackTrace(err);
        }
        err.flush();
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    private static String similar(ParameterException e) {
        List<String> suggestions =
                e instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
        return suggestions.isEmpty()
                ? ""
                : " Did you mean "
                        + suggestions.stream()
                                .limit(SUGGESTIONS)
                                .map(suggestion -> suggestion.replaceFirst("^avatar ", ""))
                                .collect(Collectors.joining(" or "))
                        + "?";
    }

    /** The message in this program's words: with the names of options, and without those of Java types. */
    static String plain(String message) {
        String text = message.lines().collect(Collectors.joining(" ")).strip();
        text = NOT_A_NUMBER.matcher(text).replaceAll(found -> {
            boolean whole = found.group(2).equals("int") || found.group(2).equals("long");
            return Matcher.quoteReplacement("'" + found.group(1) + "' is not a " + (whole ? "whole number" : "number"));
        });
        text = CHOICES.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement("'" + found.group(2) + "' is none of "
                        + found.group(1).toLowerCase(Locale.ROOT).replace('_', '-')));
        return text.endsWith(".") || text.endsWith("?") ? text : text + ".";
    }
}
