package org.avatarengine.app;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.avatarengine.audit.AuditLog;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = {
            "Shows what was done with the data, by whom, and whether that record is whole: each entry holds a digest of the",
            "one before it. It names commands and their options, not what was given to them."
        })
final class AuditCommand extends AvatarCommand {
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    @Option(
            names = "--last",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many entries, the newest first (default: ${DEFAULT-VALUE}).")
    int last;

    /** What {@code --json} prints. */
    record Audit(AuditLog.Check check, List<AuditLog.Entry> newest) {}

    @Override
    public Integer call() {
        if (last < 1) {
            throw new InputException("--last has to be 1 or more.");
        }
        AuditLog log = common.audit();
        if (log == null) {
            throw new InputException(
                    "Nothing is stored in " + common.dataFolder() + " yet, so nothing was done with it.");
        }
        Audit audit = new Audit(log.check(), log.newest(last));
        Integer broken = audit.check.broken();
        if (common.json) {
            Json.print(out(), audit);
        } else {
            Table table = new Table(">No.", "When", "Who", "What", "Options", ">Outcome");
            audit.newest.forEach(entry -> table.row(
                    entry.number(),
                    MOMENT.format(entry.at()),
                    entry.user(),
                    entry.what(),
                    String.join(" ", entry.detail()),
                    entry.outcome()));
            table.print(out());
            out().println(
                            broken == null
                                    ? String.format(
                                            Locale.ROOT,
                                            "%,d entries, all as they were added. The last digest is %s.",
                                            audit.check.entries(),
                                            audit.check.last())
                                    : "The record was changed or damaged: from line " + broken
                                            + " on it cannot be relied on.");
            out().flush();
        }
        return broken == null ? 0 : Main.EXIT_INPUT;
    }
}
