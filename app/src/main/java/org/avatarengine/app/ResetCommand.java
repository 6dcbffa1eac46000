package org.avatarengine.app;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.avatarengine.vault.InUse;
import org.avatarengine.vault.Reset;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "reset",
        mixinStandardHelpOptions = true,
        description = {
            "Deletes all stored data: messages, people, profiles, memory, recordings, voices, models, talks, the record of",
            "what Claude was asked. Settings and the audit log stay, and so do backups, which are listed. The databases",
            "and files that were imported are not touched."
        })
final class ResetCommand extends AvatarCommand implements WorksLocked, WorksAlone {
    @Option(names = "--dry-run", description = "Delete nothing; show what would go.")
    boolean dryRun;

    @Option(names = "--yes", description = "Do not ask.")
    boolean yes;

    @Override
    public Integer call() {
        Reset reset = new Reset(common.dataFolder());
        List<Reset.Part> parts = reset.parts();
        if (common.graph != null) {
            throw new InputException("reset deletes the embedded graph. Empty a server's database with its own tools.");
        }
        if (dryRun) {
            show(parts);
            return 0;
        }
        if (parts.isEmpty()) {
            err().println("There is nothing to delete in " + common.dataFolder() + ".");
            return 0;
        }
        try (InUse _ = common.requireNobodyElse()) {
            confirm(parts);
            reset.run();
        }
        if (common.json) {
            Json.print(out(), Map.of("deleted", parts));
        } else {
            out().println("Deleted. Settings and the audit log are kept.");
            out().flush();
        }
        BackupCommand.remind(common, err(), "All of it is still in backups, which only you can delete: ");
        return 0;
    }

    private void confirm(List<Reset.Part> parts) {
        if (yes) {
            return;
        }
        long bytes = parts.stream().mapToLong(Reset.Part::bytes).sum();
        if (!Question.agreed("Delete all data in %s (%,d MiB)? [y/N] ", common.dataFolder(), bytes >> 20)) {
            throw new InputException("Nothing was deleted. Say --yes to do it without being asked.");
        }
    }

    private void show(List<Reset.Part> parts) {
        if (common.json) {
            Json.print(out(), Map.of("wouldDelete", parts));
            return;
        }
        Table table = new Table("Would be deleted", ">Files", ">KiB");
        parts.forEach(part -> table.row(
                part.name(),
                String.format(Locale.ROOT, "%,d", part.files()),
                String.format(Locale.ROOT, "%,d", (part.bytes() + 1023) >> 10)));
        table.print(out());
    }
}
