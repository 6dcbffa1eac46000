package org.avatarengine.claude;

import java.util.Map;
import java.util.Optional;
import org.avatarengine.failure.ConfigException;
import org.avatarengine.vault.Keychain;

/**
 * Where the key of the API is kept: in the environment, or in the operating system's {@link Keychain}. It is never an argument of a command, since
 * these can be seen by others.
 */
public final class ApiKey {
    /** The variable that holds the key. */
    public static final String VARIABLE = "ANTHROPIC_API_KEY";

    private static final String ACCOUNT = "anthropic";

    private final Map<String, String> environment;
    private final Keychain keychain;

    /** @param environment of the process; its PATH says where the keychain's program is */
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
     * Puts a key into the keychain.
     *
     * @throws ConfigException when there is none
     */
    public void store(String key) {
        if (!key.matches("[\\w-]{8,400}")) {
            throw new ConfigException("This is no key: it must be one word, as the Claude Console shows it.", null);
        }
        if (!keychain.store(ACCOUNT, key)) {
            throw new ConfigException(
                    "The key could not be put into the keychain. Install " + keychain.program()
                            + " and unlock it, or set " + VARIABLE + " instead.",
                    null);
        }
    }
}
