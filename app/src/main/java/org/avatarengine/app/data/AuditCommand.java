package org.avatarengine.app.data;

import java.util.List;
import org.avatarengine.app.print.Dates;
import org.avatarengine.app.print.Json;
import org.avatarengine.app.print.JsonOutput;
import org.avatarengine.app.print.ReaderLocale;
import org.avatarengine.app.print.Table;
import org.avatarengine.app.services.AvatarCommand;
import org.avatarengine.app.services.ExitCode;
import org.avatarengine.app.services.InputException;
import org.avatarengine.audit.AuditLog;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@JsonOutput(AuditCommand.Audit.class)
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = {
            "Shows the audit log and checks that it is complete.",
            "The log lists the commands that were run on your data, by whom and when, with their options but without"
                    + " the values. Each entry holds a checksum of the entry before it, so that a change is noticed."
        })
public final class AuditCommand extends AvatarCommand {

    @Option(
            names = "--last",
            paramLabel = "N",
            defaultValue = "20",
            description = "Show the last N entries, newest first. Default: ${DEFAULT-VALUE}.")
    int last;

    /** The output of {@code --json}. */
    record Audit(AuditLog.Check check, List<AuditLog.Entry> newest) {}

    @Override
    public Integer call() {
        if (last < 1) {
            throw new InputException("--last must be at least 1.");
        }
        AuditLog log = services().audit();
        if (log == null) {
            throw new InputException("There is no audit log: nothing is stored in "
                    + services().data().path() + " yet. Run `avatar import` first.");
        }
        Audit audit = new Audit(log.check(), log.newest(last));
        Integer broken = audit.check.broken();
        if (options.json) {
            Json.print(out(), audit);
        } else {
            Table table = new Table(">No.", "Time", "User", "Command", "Options", ">Exit code");
            audit.newest.forEach(entry -> table.row(
                    entry.number(),
                    Dates.second(entry.at()),
                    entry.user(),
                    entry.what(),
                    String.join(" ", entry.detail()),
                    entry.outcome()));
            table.print(out());
            out().println(
                            broken == null
                                    ? String.format(
                                            ReaderLocale.get(),
                                            "%,d entries. The log is complete and unchanged. Last checksum: %s.",
                                            audit.check.entries(),
                                            audit.check.last())
                                    : "The audit log was changed or damaged: do not rely on it from line " + broken
                                            + " on.");
            out().flush();
        }
        return broken == null ? 0 : ExitCode.INPUT;
    }
}
