package org.avatarengine.app.data;

import org.avatarengine.app.print.Display;
import org.avatarengine.app.print.Json;
import org.avatarengine.app.print.JsonOutput;
import org.avatarengine.app.services.AvatarCommand;
import org.avatarengine.app.services.InputException;
import org.avatarengine.app.services.SecretOption;
import org.avatarengine.app.services.WorksAlone;
import org.avatarengine.app.services.WorksLocked;
import org.avatarengine.vault.InUse;
import org.avatarengine.vault.Vault;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@JsonOutput(UnlockCommand.Unlocked.class)
@Command(
        name = "unlock",
        mixinStandardHelpOptions = true,
        description = {
            "Decrypts a store that `avatar lock` encrypted.",
            "After that, anybody who can read your files can read the data."
        })
public final class UnlockCommand extends AvatarCommand implements WorksLocked, WorksAlone {
    @Mixin
    SecretOption secret = new SecretOption();

    /** The output of {@code --json}. */
    record Unlocked(boolean locked) {}

    @Override
    public Integer call() {
        Vault vault = new Vault(services().data().path());
        if (!vault.isLocked()) {
            throw new InputException("The store in " + services().data().path() + " is not locked.");
        }
        Display progress = services().display(err());
        try (InUse _ = InUse.alone(services().data().path())) {
            vault.unlock(secret.known(vault.secret(), context.terminal()), progress);
        } finally {
            progress.done();
        }
        if (options.json) {
            Json.print(out(), new Unlocked(false));
        } else {
            out().println("Unlocked. Run `avatar lock` to lock it again.");
            out().flush();
        }
        return 0;
    }
}
