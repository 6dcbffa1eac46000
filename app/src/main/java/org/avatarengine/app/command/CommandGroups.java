package org.avatarengine.app.command;

import java.lang.reflect.Constructor;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.avatarengine.app.claude.EnrichCommand;
import org.avatarengine.app.claude.TokensCommand;
import org.avatarengine.app.data.AuditCommand;
import org.avatarengine.app.data.BackupCommand;
import org.avatarengine.app.data.CompactCommand;
import org.avatarengine.app.data.ConfigCommand;
import org.avatarengine.app.data.DoctorCommand;
import org.avatarengine.app.data.ExportCommand;
import org.avatarengine.app.data.ImportCommand;
import org.avatarengine.app.data.LockCommand;
import org.avatarengine.app.data.QueryCommand;
import org.avatarengine.app.data.ResetCommand;
import org.avatarengine.app.data.RestoreCommand;
import org.avatarengine.app.data.StatsCommand;
import org.avatarengine.app.data.UnlockCommand;
import org.avatarengine.app.data.ValidateCommand;
import org.avatarengine.app.demo.DemoCommand;
import org.avatarengine.app.engine.EngineCommand;
import org.avatarengine.app.model.ModelsCommand;
import org.avatarengine.app.model.TrainCommand;
import org.avatarengine.app.people.AnalyzeCommand;
import org.avatarengine.app.people.ExcludeCommand;
import org.avatarengine.app.people.PeopleCommand;
import org.avatarengine.app.people.ProfileCommand;
import org.avatarengine.app.recording.RecordingsCommand;
import org.avatarengine.app.serve.ServeCommand;
import org.avatarengine.app.services.AvatarCommand;
import org.avatarengine.app.talk.AskCommand;
import org.avatarengine.app.talk.ChatCommand;
import org.avatarengine.app.talk.EvaluateCommand;
import org.avatarengine.app.talk.PromptCommand;
import org.avatarengine.app.talk.RecallCommand;
import org.avatarengine.app.talk.ReplyCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The list of all commands, in the groups in which {@code avatar --help} shows them. */
final class CommandGroups implements IHelpSectionRenderer {
    /** Commands under one heading of the help. */
    private record Group(String title, List<Class<? extends AvatarCommand>> commands) {}

    private static final List<Group> ALL = List.of(
            new Group(
                    "Start",
                    List.of(
                            DemoCommand.class,
                            ImportCommand.class,
                            ServeCommand.class,
                            DoctorCommand.class,
                            ConfigCommand.class,
                            EngineCommand.class,
                            CompletionCommand.class,
                            ManualCommand.class)),
            new Group(
                    "People",
                    List.of(PeopleCommand.class, AnalyzeCommand.class, ProfileCommand.class, ExcludeCommand.class)),
            new Group(
                    "Avatars",
                    List.of(
                            ChatCommand.class,
                            AskCommand.class,
                            ReplyCommand.class,
                            RecallCommand.class,
                            PromptCommand.class,
                            EvaluateCommand.class,
                            TrainCommand.class,
                            ModelsCommand.class)),
            new Group("Recordings", List.of(RecordingsCommand.class)),
            new Group("Claude", List.of(EnrichCommand.class, TokensCommand.class)),
            new Group(
                    "Data",
                    List.of(
                            StatsCommand.class,
                            QueryCommand.class,
                            ValidateCommand.class,
                            ExportCommand.class,
                            BackupCommand.class,
                            RestoreCommand.class,
                            LockCommand.class,
                            UnlockCommand.class,
                            AuditCommand.class,
                            CompactCommand.class,
                            ResetCommand.class)));

    /** Makes commands. The factory of picocli looks through all jars for a class of Groovy first, which takes 0.1 s. */
    static final IFactory MAKING = CommandGroups::make;

    /** Commands that describe all the others. */
    private static final Set<String> WHOLE_PROGRAM = Set.of("completion", "man");

    private static final int INDENT = 2;

    private CommandGroups() {}

    /**
     * Adds the commands to the program, and shows them in groups in its help. Reading how a command is used takes some
     * milliseconds, so only those are read in full that the user may have named; of the others the name and the summary
     * are known.
     *
     * @param named whether the user may have named the command with this name
     */
    static void addTo(CommandLine program, Predicate<String> named) {
        for (Group group : ALL) {
            for (Class<? extends AvatarCommand> type : group.commands) {
                String name = name(type);
                CommandLine command = new CommandLine(named.test(name) ? type : outline(type), MAKING);
                command.setCommandName(name);
                program.addSubcommand(name, command);
            }
        }
        program.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING, help -> "");
        program.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, new CommandGroups());
    }

    /** Whether the words of a command line may name a command: as a word, or in a file that a word such as @FILE names. */
    static Predicate<String> in(List<String> words) {
        boolean any = words.stream().anyMatch(word -> word.startsWith("@") || WHOLE_PROGRAM.contains(word));
        return name -> any || words.contains(name);
    }

    private static <K> K make(Class<K> type) throws Exception {
        if (type.isInterface()) {
            return CommandLine.defaultFactory().create(type); // a list or map for the values of an option
        }
        Constructor<K> constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        return constructor.newInstance();
    }

    private static String name(Class<? extends AvatarCommand> type) {
        // The same as `avatar people exclude`, under a name that is easier to find.
        return type == ExcludeCommand.class ? "forget" : declared(type).name();
    }

    private static CommandSpec outline(Class<? extends AvatarCommand> type) {
        CommandSpec outline = CommandSpec.create();
        outline.usageMessage().description(declared(type).description()[0]);
        return outline;
    }

    private static Command declared(Class<? extends AvatarCommand> type) {
        return Objects.requireNonNull(type.getAnnotation(Command.class), () -> type.getName() + " is not a command");
    }

    @Override
    public String render(Help help) {
        StringBuilder text = new StringBuilder();
        ALL.forEach(group -> text.append(render(help, group)));
        return text.toString();
    }

    private static String render(Help help, Group group) {
        CommandSpec program = help.commandSpec();
        int name = INDENT
                + program.subcommands().keySet().stream()
                        .mapToInt(String::length)
                        .max()
                        .orElse(0);
        TextTable table = TextTable.forColumns(
                help.colorScheme(),
                new Column(name, INDENT, Overflow.SPAN),
                new Column(program.usageMessage().width() - name, INDENT, Overflow.WRAP));
        group.commands.stream()
                .map(type -> Objects.requireNonNull(program.subcommands().get(name(type))))
                .map(CommandLine::getCommandSpec)
                .forEach(command ->
                        table.addRowValues(help.colorScheme().commandText(command.name()), summary(help, command)));
        return help.createHeading("%n" + group.title + ":%n") + table;
    }

    private static Text summary(Help help, CommandSpec command) {
        return help.colorScheme().text(command.usageMessage().description()[0]);
    }
}
