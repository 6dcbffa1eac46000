package org.avatarengine.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.avatarengine.vault.Backup;
import org.avatarengine.vault.InUse;
import org.avatarengine.vault.SealedFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        description = "Brings back what a backup holds. What was there is kept until all is in place.")
final class RestoreCommand extends AvatarCommand implements WorksLocked, WorksAlone {
    @Parameters(paramLabel = "FROM", description = "A file that avatar backup made.")
    Path from = Path.of("");

    @Option(names = "--replace", description = "Put it in place of what is stored.")
    boolean replace;

    @Mixin
    SecretOption secret = new SecretOption();

    @Override
    public Integer call() {
        if (!Files.isRegularFile(from)) {
            throw new InputException("There is no backup " + from + ".");
        }
        Display progress = common.display(err());
        try (InUse _ = common.requireNobodyElse()) {
            new Backup(common.dataFolder()).restore(from, secret.known(SealedFile.secretOf(from)), replace, progress);
        } finally {
            progress.done();
        }
        if (common.json) {
            Json.print(out(), Map.of("restored", from.toString()));
        } else {
            out().println("Restored " + from + ". Look at it with: avatar stats");
            out().flush();
        }
        return 0;
    }
}
