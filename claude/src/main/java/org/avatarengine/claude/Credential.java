package org.avatarengine.claude;

/**
 * What shows the API who asks.
 *
 * @param kind how it is sent
 * @param secret the key or the token; in no log and no error
 */
public record Credential(Kind kind, String secret) {
    /** How a credential is sent. Source: the authentication page of the API's documentation. */
    public enum Kind {
        /** As the SDK sends keys: in the header {@code Authorization}, or {@code x-api-key} in older versions. */
        API_KEY,

        /** Always in the header {@code Authorization: Bearer}, as gateways and short-lived tokens need it. */
        BEARER_TOKEN
    }

    static Credential apiKey(String key) {
        return new Credential(Kind.API_KEY, key);
    }

    static Credential bearerToken(String token) {
        return new Credential(Kind.BEARER_TOKEN, token);
    }

    @Override
    public String toString() {
        return kind.toString();
    }
}
