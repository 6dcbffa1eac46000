package org.avatarengine.app.data;

import java.util.List;
import org.avatarengine.app.print.Json;
import org.avatarengine.app.print.JsonOutput;
import org.avatarengine.app.print.Quantities;
import org.avatarengine.app.print.ReaderLocale;
import org.avatarengine.app.print.Table;
import org.avatarengine.app.services.AvatarCommand;
import org.avatarengine.app.services.BackupReminder;
import org.avatarengine.app.services.InputException;
import org.avatarengine.app.services.ServerNote;
import org.avatarengine.app.services.WorksAlone;
import org.avatarengine.app.services.WorksLocked;
import org.avatarengine.vault.InUse;
import org.avatarengine.vault.Reset;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@JsonOutput(value = ResetCommand.Deleted.class, when = "without --dry-run")
@JsonOutput(value = ResetCommand.Plan.class, when = "with --dry-run")
@Command(
        name = "reset",
        mixinStandardHelpOptions = true,
        description = {
            "Deletes all stored data.",
            "This covers messages, people, profiles, memory, recordings, voices, models, chats and the ledger.",
            "Settings, the audit log and backups stay; it lists the backups.",
            "The databases and files that you imported are not changed."
        })
public final class ResetCommand extends AvatarCommand implements WorksLocked, WorksAlone {
    @Option(names = "--dry-run", description = "Delete nothing. Show what would be deleted.")
    boolean dryRun;

    @Option(names = "--yes", description = "Do not ask for confirmation.")
    boolean yes;

    /** The output of {@code --json}: what was deleted, and the other files that were left in place. */
    record Deleted(List<Reset.Part> deleted, List<String> left) {}

    /** The output of {@code --dry-run --json}. */
    record Plan(List<Reset.Part> wouldDelete) {}

    @Override
    public Integer call() {
        Reset reset = new Reset(services().data().path());
        List<Reset.Part> parts = reset.parts();
        if (dryRun) {
            show(parts);
            return 0;
        }
        if (parts.isEmpty()) {
            err().println("There is nothing to delete in " + services().data().path() + ".");
            if (options.json) {
                Json.print(out(), new Deleted(parts, services().ownership().foreign()));
            }
            return 0;
        }
        try (InUse _ = services().requireNobodyElse()) {
            confirm(parts);
            reset.run();
        }
        ServerNote.RESET.print(services(), err());
        if (options.json) {
            Json.print(out(), new Deleted(parts, services().ownership().foreign()));
        } else {
            out().println("All data is deleted. Settings and the audit log are kept.");
            List<String> foreign = services().ownership().foreign();
            if (!foreign.isEmpty()) {
                out().println("Not the program's files, and left in place: " + String.join(", ", foreign) + ".");
            }
            out().flush();
        }
        BackupReminder.print(services(), err(), "These backups still hold the data. Delete them yourself: ");
        return 0;
    }

    private void confirm(List<Reset.Part> parts) {
        if (yes) {
            return;
        }
        long bytes = parts.stream().mapToLong(Reset.Part::bytes).sum();
        if (!confirmation()
                .agreed("Delete all data in %s (%s)? [y/N] ", services().data().path(), Quantities.size(bytes))) {
            throw new InputException("Nothing was deleted. To delete without confirmation, add --yes.");
        }
    }

    private void show(List<Reset.Part> parts) {
        if (options.json) {
            Json.print(out(), new Plan(parts));
            return;
        }
        Table table = new Table("Would be deleted", ">Files", ">Size");
        parts.forEach(part -> table.row(
                part.name(), String.format(ReaderLocale.get(), "%,d", part.files()), Quantities.size(part.bytes())));
        table.print(out());
    }
}
