package org.avatarengine.app;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import org.avatarengine.vault.Backup;
import org.avatarengine.vault.InUse;
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
final class BackupCommand extends AvatarCommand implements WorksAlone {
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
        Backup.Made made;
        Display progress = common.display(err());
        try {
            made = serving == null ? alone(backup, to, progress) : beside(serving, backup, to, progress);
        } finally {
            progress.done();
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

    private Backup.Made alone(Backup backup, Path place, Display progress) {
        try (InUse _ = common.requireNobodyElse()) {
            return backup.make(place, secret.fresh(), Clock.systemUTC(), progress);
        }
    }

    private Backup.Made beside(Serving serving, Backup backup, Path place, Display progress)
            throws InterruptedException {
        Secret sealing = secret.fresh();
        Path copy = serving.copy();
        try {
            return backup.make(copy, place, sealing, Clock.systemUTC(), progress);
        } finally {
            LiveCopy.remove(copy);
        }
    }

    /** Names the backups that were made, if there are any. */
    static void remind(Common common, PrintWriter err, String what) {
        List<Backup.Made> backups = new Backup(common.dataFolder()).all();
        if (!backups.isEmpty()) {
            err.println(what
                    + String.join(", ", backups.stream().map(Backup.Made::file).toList()));
        }
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
