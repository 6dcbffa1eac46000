package org.avatarengine.app.command;

import java.util.List;
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
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;
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

    private static final int INDENT = 2;

    private CommandGroups() {}

    /** Adds all commands to the program, and shows them in groups in its help. */
    static void addTo(CommandLine program) {
        for (Group group : ALL) {
            for (Class<? extends AvatarCommand> type : group.commands) {
                CommandLine command = new CommandLine(type);
                if (type == ExcludeCommand.class) {
                    // The same as `avatar people exclude`, under a name that is easier to find.
                    command.setCommandName("forget");
                }
                program.addSubcommand(command.getCommandName(), command);
            }
        }
        program.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING, help -> "");
        program.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, new CommandGroups());
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
        program.subcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .filter(command -> group.commands.contains(command.userObject().getClass()))
                .forEach(command ->
                        table.addRowValues(help.colorScheme().commandText(command.name()), summary(help, command)));
        return help.createHeading("%n" + group.title + ":%n") + table;
    }

    private static Text summary(Help help, CommandSpec command) {
        return help.colorScheme().text(command.usageMessage().description()[0]);
    }
}
