package org.avatarengine.app;

import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import org.avatarengine.vault.InUse;
import org.avatarengine.vault.SealedFile;
import org.avatarengine.vault.Secret;
import org.avatarengine.vault.Vault;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "lock",
        mixinStandardHelpOptions = true,
        description = {
            "Encrypts all stored data into one file, and removes what is not encrypted. Until avatar unlock nothing",
            "else works on it. Needs as much free space as the data, for a while."
        })
final class LockCommand extends AvatarCommand implements WorksLocked, WorksAlone {
    @Mixin
    SecretOption secret = new SecretOption();

    @Option(names = "--new-passphrase", description = "Of what is locked already: encrypt it anew, with new keys.")
    boolean renew;

    @Override
    public Integer call() {
        Vault vault = new Vault(common.dataFolder());
        Display progress = common.display(err());
        try {
            if (renew) {
                return renew(vault, progress);
            }
            if (vault.isLocked()) {
                // A process that died while it removed what is not encrypted may have left some.
                vault.removeOpen();
                return told(0, 0);
            }
            try (InUse _ = common.requireNobodyElse()) {
                SealedFile.Contents sealed = vault.lock(secret.fresh(), Clock.systemUTC(), progress);
                progress.done();
                return told(sealed.digests().size(), sealed.bytes());
            }
        } finally {
            progress.done();
        }
    }

    private int renew(Vault vault, Display progress) {
        if (!vault.isLocked()) {
            throw new InputException("Nothing is locked. Lock it with: avatar lock");
        }
        Secret before = secret.known(vault.secret());
        SecretOption now = new SecretOption();
        now.keychain = secret.keychain;
        vault.rekey(before, now.fresh(), Clock.systemUTC(), progress);
        progress.done();
        return told(0, 0);
    }

    private int told(int files, long bytes) {
        if (common.json) {
            Json.print(out(), Map.of("locked", true, "files", files, "bytes", bytes));
        } else {
            out().println(
                            files == 0
                                    ? "Locked. Open it with: avatar unlock"
                                    : String.format(
                                            Locale.ROOT,
                                            "Locked %,d files (%,d MiB). Open them with: avatar unlock",
                                            files,
                                            bytes >> 20));
            out().flush();
        }
        return 0;
    }
}
