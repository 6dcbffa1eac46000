package org.avatarengine.app;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import org.avatarengine.vault.Backup;
import org.avatarengine.vault.LiveCopy;
import org.avatarengine.vault.Secret;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        description = {
            "Makes an encrypted copy of all stored data, and reads it back to see that it is right. TO is a folder or a",
            "file, on any disk or network volume. Without TO: which were made. While avatar serve runs, it holds still",
            "for the moment that a copy takes."
        })
final class BackupCommand extends AvatarCommand {
    @Parameters(arity = "0..1", paramLabel = "TO", description = "Where to.")
    @Nullable
    Path to;

    @Mixin
    SecretOption secret = new SecretOption();

    @Override
    public Integer call() throws InterruptedException {
        Backup backup = new Backup(common.dataFolder());
        if (to == null) {
            list(backup.all());
            return 0;
        }
        Serving serving = Serving.running(common.dataFolder());
        if (serving == null) {
            common.requireNobodyElse();
        }
        Secret sealing = secret.fresh();
        Path copy = serving == null ? null : serving.copy();
        Display progress = common.display(err());
        Backup.Made made;
        try {
            made = copy == null
                    ? backup.make(to, sealing, Clock.systemUTC(), progress)
                    : backup.make(copy, to, sealing, Clock.systemUTC(), progress);
        } finally {
            progress.done();
            if (copy != null) {
                LiveCopy.remove(copy);
            }
        }
        if (common.json) {
            Json.print(out(), made);
        } else {
            out().printf(
                            Locale.ROOT,
                            "Backed up %,d files (%,d MiB), and read back right: %s%n",
                            made.files(),
                            made.bytes() >> 20,
                            made.file());
            out().println("Bring it back with: avatar restore " + made.file());
            out().flush();
        }
        return 0;
    }

    private void list(List<Backup.Made> all) {
        if (common.json) {
            Json.print(out(), all);
            return;
        }
        if (all.isEmpty()) {
            err().println("No backup was made yet. Make one with: avatar backup FOLDER");
            return;
        }
        Table table = new Table("Made", ">Files", ">Bytes", "Where it was put");
        all.forEach(made -> table.row(PeopleCommand.day(made.at()), made.files(), made.bytes(), made.file()));
        table.print(out());
    }
}
