package org.avatarengine.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.avatarengine.app.command.CommandLineTest.avatar;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** The help of the program and of all its commands: every command is listed, and every text is complete. */
class HelpTest {
    private static final int LONGEST_SUMMARY = 80;
    private static final Pattern SENTENCE = Pattern.compile("[A-Z][^.!?]*\\.");
    private static final Pattern LISTED = Pattern.compile("^ {2}([a-z]+) {2,}\\S", Pattern.MULTILINE);

    private static void everywhere(CommandSpec command, Consumer<CommandSpec> check) {
        check.accept(command);
        command.subcommands().values().stream().distinct().forEach(sub -> everywhere(sub.getCommandSpec(), check));
    }

    private static List<CommandSpec> all() {
        List<CommandSpec> all = new ArrayList<>();
        everywhere(Main.commandLine().getCommandSpec(), all::add);
        return all;
    }

    private static String summary(CommandSpec command) {
        String[] description = command.usageMessage().description();
        return description.length == 0 ? "" : description[0];
    }

    @Test
    void everyCommandIsListedOnceUnderAHeading() {
        String help = avatar("--help").out();
        assertThat(help)
                .contains("\nStart:\n", "\nPeople:\n", "\nAvatars:\n", "\nRecordings:\n", "\nClaude:\n", "\nData:\n")
                .doesNotContain("Commands:");
        String list = help.substring(help.indexOf("\nStart:\n"));
        Set<String> commands = Main.commandLine().getSubcommands().keySet();
        assertThat(LISTED.matcher(list).results().map(found -> found.group(1)))
                .containsExactlyInAnyOrderElementsOf(commands);
    }

    @Test
    void everySummaryIsOneShortSentence() {
        for (CommandSpec command : all()) {
            assertThat(summary(command).replaceAll("`[^`]*`", "x"))
                    .as(command.qualifiedName(" "))
                    .matches(SENTENCE)
                    .hasSizeLessThanOrEqualTo(LONGEST_SUMMARY);
        }
    }

    @Test
    void everyDescriptionEndsWithAPeriodOrACommandToCopy() {
        for (CommandSpec command : all()) {
            assertThat(command.usageMessage().description())
                    .as(command.qualifiedName(" "))
                    .allMatch(line -> line.endsWith(".") || line.contains("run: "));
        }
    }

    @Test
    void everyOptionAndParameterIsDescribed() {
        for (CommandSpec command : all()) {
            for (ArgSpec argument : command.args()) {
                assertThat(String.join(" ", argument.description()))
                        .as(command.qualifiedName(" ") + " " + argument)
                        .hasSizeGreaterThan(10)
                        .endsWith(".");
            }
        }
    }

    @Test
    void everyOptionWithAFixedChoiceNamesTheChoices() {
        for (CommandSpec command : all()) {
            for (ArgSpec argument : command.args()) {
                Iterable<String> choices = argument.completionCandidates();
                if (choices != null) {
                    choices.forEach(choice -> assertThat(String.join(" ", argument.description()))
                            .as(command.qualifiedName(" ") + " " + argument)
                            .contains(choice.toLowerCase(Locale.ROOT)));
                }
            }
        }
    }

    @Test
    void helpAndManualLeaveNoVariableUnfilled() {
        String manual = avatar("man").out();
        assertThat(manual).doesNotContain("${", "Default: null", "%n");
        for (CommandSpec command : all()) {
            assertThat(command.commandLine().getUsageMessage())
                    .as(command.qualifiedName(" "))
                    .doesNotContain("${", "Default: null");
        }
    }
}
