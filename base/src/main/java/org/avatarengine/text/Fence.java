package org.avatarengine.text;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Marks text from messages in a prompt, so that a language model can tell it from instructions. The text stands between
 * two tags whose name comes from the text's own digest, so the text cannot contain them and cannot end the quotation.
 */
public final class Fence {
    private static final int BYTES = 8;

    private Fence() {}

    /**
     * A text between two tags.
     *
     * @param kind the first part of the tags' name, such as {@code transcript}
     * @param text the text; it ends with a line break
     */
    public static String around(String kind, String text) {
        String name = kind + "-" + letters(text);
        return "<" + name + ">\n" + text + "</" + name + ">\n";
    }

    /** The beginning of a digest in letters, so that no tag looks like a number. */
    private static String letters(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            StringBuilder letters = new StringBuilder();
            for (int i = 0; i < BYTES; i++) {
                letters.append((char) ('a' + (digest[i] & 15))).append((char) ('a' + (digest[i] >> 4 & 15)));
            }
            return letters.toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform supports SHA-256.", e);
        }
    }
}
