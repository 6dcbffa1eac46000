package org.avatarengine.claude;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.avatarengine.failure.ConfigException;

/**
 * Where the key of the API is kept: in the environment, or in the operating system's keychain (Keychain on macOS through
 * {@code security}, the Secret Service on Linux through {@code secret-tool}). It is never an argument of a command, since
 * these can be seen by others.
 */
public final class ApiKey {
    /** The variable that holds the key. */
    public static final String VARIABLE = "ANTHROPIC_API_KEY";

    private static final String SERVICE = "avatar-engine";
    private static final String ACCOUNT = "anthropic";
    private static final int PATIENCE_SECONDS = 60;

    private final Map<String, String> environment;
    private final boolean mac;

    /** @param environment of the process; its PATH says where the keychain's program is */
    public ApiKey(Map<String, String> environment, String operatingSystem) {
        this.environment = environment;
        this.mac = operatingSystem.toLowerCase(Locale.ROOT).contains("mac");
    }

    /** The key, if there is one. */
    public Optional<String> find() {
        String set = environment.get(VARIABLE);
        if (set != null && !set.isBlank()) {
            return Optional.of(set.strip());
        }
        return run(
                mac
                        ? List.of("security", "find-generic-password", "-s", SERVICE, "-a", ACCOUNT, "-w")
                        : List.of("secret-tool", "lookup", "service", SERVICE, "account", ACCOUNT),
                "");
    }

    /**
     * Puts a key into the keychain.
     *
     * @throws ConfigException when there is none
     */
    public void store(String key) {
        if (!key.matches("[\\w-]{8,400}")) {
            throw new ConfigException("This is no key: it must be one word, as the Claude Console shows it.", null);
        }
        // Both take the secret from standard input.
        boolean stored = mac
                ? run(
                                List.of("security", "-i"),
                                "add-generic-password -U -s " + SERVICE + " -a " + ACCOUNT + " -w " + key + "\n")
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
                                        ACCOUNT),
                                key)
                        .isPresent();
        if (!stored || find().isEmpty()) {
            throw new ConfigException(
                    "The key could not be put into the keychain. Install "
                            + (mac ? "macOS's security tool" : "secret-tool (package libsecret-tools)")
                            + " and unlock it, or set " + VARIABLE + " instead.",
                    null);
        }
    }

    /** What a program prints; empty when it is not there or fails. */
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
            return Optional.empty(); // there is no such program, so there is no keychain
        }
    }
}
