package org.avatarengine.app;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import org.avatarengine.vault.Keychain;
import org.avatarengine.vault.Secret;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what a store or a backup is encrypted by. */
final class SecretOption {
    private static final int SHORTEST = 10;
    private static final String ACCOUNT = "store";

    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            description = "The passphrase is the first line of FILE (default: it is asked for).")
    @Nullable
    Path file;

    @Option(
            names = "--keychain",
            description = "In place of a passphrase, a key that this computer's keychain keeps. Whoever loses that,"
                    + " loses the data.")
    boolean keychain;

    /** What is to be used from now on. */
    Secret fresh() {
        if (keychain) {
            return new Secret.Kept(kept().orElseGet(SecretOption::makeKey));
        }
        char[] given = file != null ? read(file) : ask("A passphrase for it: ");
        if (given.length < SHORTEST) {
            throw new InputException("A passphrase has to have at least " + SHORTEST
                    + " characters; some words that do not belong together are easy to keep in mind.");
        }
        if (file == null && !Arrays.equals(given, ask("The same once more: "))) {
            throw new InputException("The two are not the same. Nothing was done.");
        }
        return new Secret.Passphrase(given);
    }

    /** What opens something that was encrypted before. */
    Secret known(String kind) {
        if (kind.equals("keychain")) {
            return new Secret.Kept(kept().orElseThrow(() -> new InputException(
                    "The key is not in this computer's keychain, or that is locked. Without it this does not open.")));
        }
        return new Secret.Passphrase(file != null ? read(file) : ask("Its passphrase: "));
    }

    /** A passphrase that is not the store's: the first line of a file, or what the user types. */
    static char[] passphrase(@Nullable Path file, String prompt) {
        return file != null ? read(file) : ask(prompt);
    }

    private static char[] ask(String prompt) {
        Console console = System.console();
        char[] given = console == null || !console.isTerminal() ? null : console.readPassword("%s", prompt);
        if (given == null) {
            throw new InputException("There is no terminal to ask on. Give the passphrase with --passphrase-file.");
        }
        return given;
    }

    private static char[] read(Path file) {
        try (var lines = Files.lines(file)) {
            return lines.findFirst().orElse("").toCharArray();
        } catch (IOException e) {
            throw new InputException("--passphrase-file " + file + " cannot be read: " + e.getMessage() + ".");
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
            throw new InputException("The key could not be put into the keychain. Install "
                    + keychain().program() + " and unlock it, or leave --keychain out.");
        }
        return key;
    }
}
