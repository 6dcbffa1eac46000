package org.avatarengine.vault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The operating system's keychain: Keychain on macOS through {@code security}, the Secret Service on Linux through
 * {@code secret-tool}. Secrets are passed by standard input, never as arguments, which other users could see.
 */
public final class Keychain {
    private static final String SERVICE = "avatar-engine";
    private static final int PATIENCE_SECONDS = 60;

    private final Map<String, String> environment;
    private final boolean mac;

    /** @param environment the environment of the process; its PATH is searched for the keychain's program */
    public Keychain(Map<String, String> environment, String operatingSystem) {
        this.environment = environment;
        this.mac = operatingSystem.toLowerCase(Locale.ROOT).contains("mac");
    }

    /** The secret of an account; empty when there is none, or no keychain. */
    public Optional<String> find(String account) {
        return run(
                mac
                        ? List.of("security", "find-generic-password", "-s", SERVICE, "-a", account, "-w")
                        : List.of("secret-tool", "lookup", "service", SERVICE, "account", account),
                "");
    }

    /**
     * Stores a secret and replaces the account's previous one.
     *
     * @param secret one word without spaces
     * @return whether the secret is stored
     */
    public boolean store(String account, String secret) {
        boolean stored = mac
                ? run(
                                List.of("security", "-i"),
                                "add-generic-password -U -s " + SERVICE + " -a " + account + " -w " + secret + "\n")
                        .isPresent()
                : run(
                                List.of(
                                        "secret-tool",
                                        "store",
                                        "--label",
                                        "Avatar Engine",
                                        "service",
                                        SERVICE,
                                        "account",
                                        account),
                                secret)
                        .isPresent();
        return stored && find(account).filter(secret::equals).isPresent();
    }

    /** The program to install when there is no keychain. */
    public String program() {
        return mac ? "macOS's security tool" : "secret-tool (package libsecret-tools)";
    }

    /** The output of a program; empty when it is missing or fails. */
    private Optional<String> run(List<String> command, String input) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().close();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return ended && process.exitValue() == 0 ? Optional.of(out) : Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // the program is missing, so there is no keychain
        }
    }
}
