package org.avatarengine.app;

import java.util.Map;
import org.avatarengine.vault.InUse;
import org.avatarengine.vault.Vault;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "unlock",
        mixinStandardHelpOptions = true,
        description = "Decrypts what avatar lock encrypted. The data then lies open to whoever can read your files.")
final class UnlockCommand extends AvatarCommand implements WorksLocked, WorksAlone {
    @Mixin
    SecretOption secret = new SecretOption();

    @Override
    public Integer call() {
        Vault vault = new Vault(common.dataFolder());
        if (!vault.isLocked()) {
            throw new InputException("Nothing is locked in " + common.dataFolder() + ".");
        }
        Display progress = common.display(err());
        try (InUse _ = InUse.alone(common.dataFolder())) {
            vault.unlock(secret.known(vault.secret()), progress);
        } finally {
            progress.done();
        }
        if (common.json) {
            Json.print(out(), Map.of("locked", false));
        } else {
            out().println("Unlocked. Lock it again with: avatar lock");
            out().flush();
        }
        return 0;
    }
}
