package org.avatarengine.app.services;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import org.avatarengine.app.print.UserTerminal;
import org.avatarengine.vault.Keychain;
import org.avatarengine.vault.Secret;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that choose what encrypts a store or a backup: a passphrase, or a key in the keychain. */
public final class SecretOption {
    private static final int SHORTEST = 10;
    private static final String ACCOUNT = "store";

    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            description = "Read the passphrase from the first line of FILE. Default: ask for it.")
    @Nullable
    Path file;

    @Option(
            names = "--keychain",
            description = "Use a key from this computer's keychain instead of a passphrase. If you lose that key, the"
                    + " data cannot be recovered.")
    public boolean keychain;

    /** The secret for data that is about to be encrypted. A typed passphrase is asked for twice. */
    public Secret fresh(UserTerminal terminal) {
        if (keychain) {
            return new Secret.Kept(kept().orElseGet(SecretOption::makeKey));
        }
        char[] given = file != null ? read(file) : ask(terminal, "Passphrase: ");
        if (given.length < SHORTEST) {
            throw new InputException("The passphrase is too short: use at least " + SHORTEST
                    + " characters. A few unrelated words are easy to remember.");
        }
        if (file == null && !Arrays.equals(given, ask(terminal, "Repeat passphrase: "))) {
            throw new InputException("The passphrases do not match. Nothing was changed; run the command again.");
        }
        return new Secret.Passphrase(given);
    }

    /**
     * The secret of data that is already encrypted.
     *
     * @param kind {@code keychain} for a key in the keychain; anything else stands for a passphrase
     */
    public Secret known(String kind, UserTerminal terminal) {
        if (kind.equals("keychain")) {
            return new Secret.Kept(kept().orElseThrow(() -> new InputException(
                    "The key is not in this computer's keychain, or the keychain is locked. Unlock the keychain and run"
                            + " the command again.")));
        }
        return new Secret.Passphrase(file != null ? read(file) : ask(terminal, "Passphrase: "));
    }

    /** A passphrase for something other than the store: the first line of a file, or what the user types. */
    public static char[] passphrase(@Nullable Path file, String prompt, UserTerminal terminal) {
        return file != null ? read(file) : ask(terminal, prompt);
    }

    private static char[] ask(UserTerminal terminal, String prompt) {
        char[] given = terminal.askSecret(prompt);
        if (given == null) {
            throw new InputException(
                    "Cannot ask for the passphrase: there is no terminal. Give it with --passphrase-file FILE.");
        }
        return given;
    }

    private static char[] read(Path file) {
        try (var lines = Files.lines(file)) {
            return lines.findFirst().orElse("").toCharArray();
        } catch (IOException e) {
            throw new InputException("Cannot read the passphrase file " + file + ": " + e.getMessage() + ".");
        }
    }

    private static Keychain keychain() {
        return new Keychain(System.getenv(), System.getProperty("os.name", ""));
    }

    private static java.util.Optional<byte[]> kept() {
        return keychain().find(ACCOUNT).map(Base64.getUrlDecoder()::decode);
    }

    private static byte[] makeKey() {
        byte[] key = new byte[Secret.KEY_BYTES];
        new SecureRandom().nextBytes(key);
        if (!keychain().store(ACCOUNT, Base64.getUrlEncoder().withoutPadding().encodeToString(key))) {
            throw new InputException("Cannot store the key in the keychain. Install "
                    + keychain().program() + " and unlock the keychain, or run the command without --keychain.");
        }
        return key;
    }
}
