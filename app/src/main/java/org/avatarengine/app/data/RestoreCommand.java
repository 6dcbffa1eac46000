package org.avatarengine.app.data;

import java.nio.file.Files;
import java.nio.file.Path;
import org.avatarengine.app.print.Display;
import org.avatarengine.app.print.Json;
import org.avatarengine.app.print.JsonOutput;
import org.avatarengine.app.services.AvatarCommand;
import org.avatarengine.app.services.DataUse;
import org.avatarengine.app.services.InputException;
import org.avatarengine.app.services.SecretOption;
import org.avatarengine.app.services.ServerNote;
import org.avatarengine.app.services.WorksAlone;
import org.avatarengine.app.services.WorksLocked;
import org.avatarengine.vault.InUse;
import org.avatarengine.vault.Restore;
import org.avatarengine.vault.SealedFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@JsonOutput(RestoreCommand.Restored.class)
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        description = {"Restores the data from a backup.", "Your existing data is kept until the restore has finished."
        })
public final class RestoreCommand extends AvatarCommand implements WorksLocked, WorksAlone {
    @Override
    public DataUse dataUse(String name) {
        return DataUse.STORES;
    }

    @Parameters(paramLabel = "FROM", description = "A file that `avatar backup` made.")
    Path from = Path.of("");

    @Option(names = "--replace", description = "Replace the data that is stored now.")
    boolean replace;

    @Mixin
    SecretOption secret = new SecretOption();

    /** The output of {@code --json}: the backup that was restored. */
    record Restored(String restored) {}

    @Override
    public Integer call() {
        if (!Files.isRegularFile(from)) {
            throw new InputException("There is no file " + from + ". Run `avatar backup` to list the backups.");
        }
        Display progress = services().display(err());
        try (InUse _ = services().requireNobodyElse()) {
            new Restore(services().data())
                    .run(from, secret.known(SealedFile.secretOf(from), context.terminal()), replace, progress);
        } finally {
            progress.done();
        }
        ServerNote.RESTORE.print(services(), err());
        if (options.json) {
            Json.print(out(), new Restored(from.toString()));
        } else {
            out().println("Restored " + from + ". Run `avatar stats` to see what it holds.");
            out().flush();
        }
        return 0;
    }
}
