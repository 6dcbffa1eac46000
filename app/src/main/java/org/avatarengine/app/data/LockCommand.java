package org.avatarengine.app.data;

import java.time.Clock;
import java.util.List;
import org.avatarengine.app.print.Display;
import org.avatarengine.app.print.Json;
import org.avatarengine.app.print.JsonOutput;
import org.avatarengine.app.print.Quantities;
import org.avatarengine.app.print.ReaderLocale;
import org.avatarengine.app.services.AvatarCommand;
import org.avatarengine.app.services.InputException;
import org.avatarengine.app.services.SecretOption;
import org.avatarengine.app.services.ServerNote;
import org.avatarengine.app.services.WorksAlone;
import org.avatarengine.app.services.WorksLocked;
import org.avatarengine.vault.InUse;
import org.avatarengine.vault.SealedFile;
import org.avatarengine.vault.Secret;
import org.avatarengine.vault.Vault;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@JsonOutput(LockCommand.Locked.class)
@Command(
        name = "lock",
        mixinStandardHelpOptions = true,
        description = {
            "Encrypts all stored data and deletes the unencrypted data.",
            "The encrypted data is one file. No other command works until you run `avatar unlock`.",
            "While it runs, it needs as much free disk space as the data takes."
        })
public final class LockCommand extends AvatarCommand implements WorksLocked, WorksAlone {
    @Mixin
    SecretOption secret = new SecretOption();

    @Option(names = "--new-passphrase", description = "Re-encrypt a locked store with a new passphrase.")
    boolean renew;

    @Override
    public Integer call() {
        Vault vault = new Vault(services().data().path());
        Display progress = services().display(err());
        try {
            if (renew) {
                return renew(vault, progress);
            }
            if (vault.isLocked()) {
                // A process that was killed while it deleted the unencrypted data may have left some of it.
                vault.removeOpen();
                return told(0, 0);
            }
            try (InUse _ = services().requireNobodyElse()) {
                SealedFile.Contents sealed = vault.lock(secret.fresh(context.terminal()), Clock.systemUTC(), progress);
                progress.done();
                return told(sealed.digests().size(), sealed.bytes());
            }
        } finally {
            progress.done();
        }
    }

    private int renew(Vault vault, Display progress) {
        if (!vault.isLocked()) {
            throw new InputException("The store is not locked. Run `avatar lock` to lock it.");
        }
        Secret before = secret.known(vault.secret(), context.terminal());
        SecretOption now = new SecretOption();
        now.keychain = secret.keychain;
        vault.rekey(before, now.fresh(context.terminal()), Clock.systemUTC(), progress);
        progress.done();
        return told(0, 0);
    }

    /** The output of {@code --json}; the numbers are 0 if nothing had to be encrypted. */
    record Locked(boolean locked, int files, long bytes) {}

    private int told(int files, long bytes) {
        ServerNote.LOCK.print(services(), err());
        if (options.json) {
            Json.print(out(), new Locked(true, files, bytes));
        } else {
            out().println(
                            files == 0
                                    ? "Locked. Run `avatar unlock` to use it again."
                                    : String.format(
                                            ReaderLocale.get(),
                                            "Locked %,d files (%s). Run `avatar unlock` to use them again.",
                                            files,
                                            Quantities.size(bytes)));
            List<String> foreign = services().ownership().foreign();
            if (!foreign.isEmpty()) {
                out().println("Not the program's files, and not encrypted: " + String.join(", ", foreign) + ".");
            }
            out().flush();
        }
        return 0;
    }
}
