package org.avatarengine.app.data;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.avatarengine.app.print.Dates;
import org.avatarengine.app.print.Display;
import org.avatarengine.app.print.Json;
import org.avatarengine.app.print.JsonOutput;
import org.avatarengine.app.print.JsonOutput.Form;
import org.avatarengine.app.print.Quantities;
import org.avatarengine.app.print.ReaderLocale;
import org.avatarengine.app.print.Table;
import org.avatarengine.app.services.AvatarCommand;
import org.avatarengine.app.services.SecretOption;
import org.avatarengine.app.services.ServerNote;
import org.avatarengine.app.services.Serving;
import org.avatarengine.app.services.WorksAlone;
import org.avatarengine.graph.Graph;
import org.avatarengine.vault.Backup;
import org.avatarengine.vault.InUse;
import org.avatarengine.vault.LiveCopy;
import org.avatarengine.vault.Secret;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@JsonOutput(value = Backup.Made.class, when = "with TO")
@JsonOutput(value = Backup.Made.class, form = Form.LIST, when = "without TO")
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        description = {
            "Makes an encrypted backup of all data and verifies it.",
            "Without TO, it lists the earlier backups.",
            "Commands that are running pause briefly while the data is copied."
        })
public final class BackupCommand extends AvatarCommand implements WorksAlone {
    @Parameters(
            arity = "0..1",
            paramLabel = "TO",
            description = "A folder or a file, also on an external disk or a network volume.")
    @Nullable
    Path to;

    @Mixin
    SecretOption secret = new SecretOption();

    /** The engine cannot copy what a Neo4j server stores, and needs not: the server makes its own backups. */
    @Override
    public boolean needsDataAlone() {
        return to != null && services().usesServer();
    }

    @Override
    public Integer call() throws InterruptedException {
        Backup backup = new Backup(services().data().path());
        if (to == null) {
            list(backup.all());
            return 0;
        }
        ServerNote.BACKUP.print(services(), err());
        Backup.Made made;
        Display progress = services().display(err());
        try {
            made = made(backup, to, progress);
        } finally {
            progress.done();
        }
        if (options.json) {
            Json.print(out(), made);
        } else {
            out().printf(
                            ReaderLocale.get(),
                            "Backed up and verified %,d files (%s): %s%n",
                            made.files(),
                            Quantities.size(made.bytes()),
                            made.file());
            out().println("To restore it, run `avatar restore " + made.file() + "`.");
            out().flush();
        }
        return 0;
    }

    private Backup.Made made(Backup backup, Path place, Display progress) throws InterruptedException {
        if (context.engine() != null) {
            return of(this::copied, backup, place, progress);
        }
        Serving serving = Serving.running(services().data().path());
        return serving == null ? alone(backup, place, progress) : of(serving::copy, backup, place, progress);
    }

    private Backup.Made alone(Backup backup, Path place, Display progress) {
        try (InUse _ = services().requireNobodyElse()) {
            return backup.make(place, secret.fresh(context.terminal()), Clock.systemUTC(), progress);
        }
    }

    /** Copies the data while others use it. */
    @FunctionalInterface
    private interface Copying {
        Path copy() throws InterruptedException;
    }

    /** Other commands go on in the engine; they pause while the data is copied. */
    private Path copied() {
        try (Graph graph = services().openGraph();
                Graph.WritePause _ = graph.pauseWrites()) {
            return LiveCopy.take(services().data().path());
        }
    }

    private Backup.Made of(Copying copying, Backup backup, Path place, Display progress) throws InterruptedException {
        Secret sealing = secret.fresh(context.terminal());
        Path copy = copying.copy();
        try {
            return backup.make(copy, place, sealing, Clock.systemUTC(), progress);
        } finally {
            LiveCopy.remove(copy);
        }
    }

    private void list(List<Backup.Made> all) {
        if (options.json) {
            Json.print(out(), all);
            return;
        }
        if (all.isEmpty()) {
            err().println("There are no backups yet. Run `avatar backup FOLDER` to make one.");
            return;
        }
        Table table = new Table("Date", ">Files", ">Size", "Place");
        all.forEach(made -> table.row(Dates.day(made.at()), made.files(), Quantities.size(made.bytes()), made.file()));
        table.print(out());
    }
}
