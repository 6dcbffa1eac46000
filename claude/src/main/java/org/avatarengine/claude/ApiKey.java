package org.avatarengine.claude;

import java.util.Map;
import java.util.Optional;
import org.avatarengine.failure.ConfigException;
import org.avatarengine.vault.Keychain;

/**
 * The API key, from the environment or the operating system's {@link Keychain}, or else a token from the environment.
 * They are never arguments of a command, because other users can see arguments.
 */
public final class ApiKey {
    /** The environment variable with the key. */
    public static final String VARIABLE = "ANTHROPIC_API_KEY";

    /** The environment variable with a token that is sent instead of a key. It has this name in Anthropic's SDKs. */
    public static final String TOKEN_VARIABLE = "ANTHROPIC_AUTH_TOKEN";

    private static final String ACCOUNT = "anthropic";

    private final Map<String, String> environment;
    private final Keychain keychain;

    /** @param environment the environment of the process; the keychain's program is found by its PATH */
    public ApiKey(Map<String, String> environment, String operatingSystem) {
        this.environment = environment;
        this.keychain = new Keychain(environment, operatingSystem);
    }

    /** The key from the environment, else the token from the environment, else the key from the keychain. */
    public Optional<Credential> find() {
        return set(VARIABLE)
                .map(Credential::apiKey)
                .or(() -> set(TOKEN_VARIABLE).map(Credential::bearerToken))
                .or(() -> keychain.find(ACCOUNT).map(Credential::apiKey));
    }

    private Optional<String> set(String variable) {
        return Optional.ofNullable(environment.get(variable)).map(String::strip).filter(value -> !value.isEmpty());
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
