package org.avatarengine.anonymize;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Pseudonyms made with a secret key (HMAC-SHA-256, shortened). With the same key, the same address, name or identifier
 * always gets the same pseudonym. Without the key it cannot be found, not even by trying all phone numbers or names.
 */
public final class Pseudonyms {
    /** The form of the pseudonym of a name. */
    static final Pattern NAME = Pattern.compile("name-[0-9a-f]{12}");

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern EXTENSION = Pattern.compile(".*(\\.[A-Za-z0-9]{1,5})", Pattern.DOTALL);
    private static final int KEY_BYTES = 32;
    private static final int MOST_WORDS = 200_000;

    private final SecretKeySpec key;
    private final Map<String, String> words = new ConcurrentHashMap<>();

    /** @param key at least 32 secret random bytes, which stay in the user's store */
    public Pseudonyms(byte[] key) {
        if (key.length < KEY_BYTES) {
            throw new IllegalArgumentException("The key must have at least " + KEY_BYTES + " bytes.");
        }
        this.key = new SecretKeySpec(key, "HmacSHA256");
    }

    /** The pseudonym of an address, such as {@code anon-0123456789abcdef}. */
    String address(String address) {
        return "anon-" + digest("address:" + address, 8);
    }

    /** The pseudonym of an identifier. */
    String id(String id) {
        return "id-" + digest("id:" + id, 12);
    }

    /** The pseudonym of a word of a name. Upper and lower case, and letters with and without accents, are the same. */
    String name(String word) {
        String plain = MARKS.matcher(Normalizer.normalize(word, Normalizer.Form.NFKD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT);
        if (words.size() > MOST_WORDS) {
            words.clear();
        }
        return words.computeIfAbsent(plain, one -> "name-" + digest("name:" + one, 6));
    }

    /** The pseudonym of a group's name. */
    String group(String name) {
        return "Group " + digest("group:" + name, 4);
    }

    /** The pseudonym of a file's name. It keeps a short extension. */
    String file(String name) {
        var extension = EXTENSION.matcher(name);
        return "file-" + digest("file:" + name, 6) + (extension.matches() ? extension.group(1) : "");
    }

    private String digest(String text, int bytes) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)), 0, bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform supports HmacSHA256.", e);
        }
    }
}
