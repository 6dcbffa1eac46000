package org.avatarengine.claude;

import java.util.Map;
import java.util.Optional;
import org.avatarengine.failure.ConfigException;
import org.avatarengine.vault.Keychain;

/**
 * The API key, from the environment or the operating system's {@link Keychain}. It is never an argument of a command,
 * because other users can see arguments.
 */
public final class ApiKey {
    /** The environment variable with the key. */
    public static final String VARIABLE = "ANTHROPIC_API_KEY";

    private static final String ACCOUNT = "anthropic";

    private final Map<String, String> environment;
    private final Keychain keychain;

    /** @param environment the environment of the process; the keychain's program is found by its PATH */
    public ApiKey(Map<String, String> environment, String operatingSystem) {
        this.environment = environment;
        this.keychain = new Keychain(environment, operatingSystem);
    }

    /** The key, if there is one. */
    public Optional<String> find() {
        String set = environment.get(VARIABLE);
        if (set != null && !set.isBlank()) {
            return Optional.of(set.strip());
        }
        return keychain.find(ACCOUNT);
    }

    /**
     * Stores a key in the keychain.
     *
     * @throws ConfigException when there is no keychain, or the key is invalid
     */
    public void store(String key) {
        if (!key.matches("[\\w-]{8,400}")) {
            throw new ConfigException(
                    "This is not an API key. It must be one word, as the Claude Console shows it.", null);
        }
        if (!keychain.store(ACCOUNT, key)) {
            throw new ConfigException(
                    "The key could not be stored in the keychain. Install " + keychain.program()
                            + " and unlock it, or set " + VARIABLE + " instead.",
                    null);
        }
    }
}
