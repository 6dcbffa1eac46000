package org.avatarengine.text;

import java.util.regex.Pattern;

/**
 * Removes the tokens with which chat templates separate turns from text that people wrote. Some servers take such tokens
 * in a message for their own, so a message could end its turn and begin one of the system.
 */
public final class ControlTokens {
    /** Those of the templates ChatML, Llama 2 and 3, Mistral, Gemma and Phi. */
    private static final Pattern TOKEN = Pattern.compile(
            "<\\|[^<>|\\n]{1,40}\\|>|</?s>|\\[/?INST]|<</?SYS>>" + "|<(?:start|end)_of_turn>|<(?:bos|eos|pad|unk)>");

    private ControlTokens() {}

    /** The text without such tokens, also without those that appear when others are removed. */
    public static String removed(String text) {
        String before;
        String plain = text;
        do {
            before = plain;
            plain = TOKEN.matcher(before).replaceAll("");
        } while (!plain.equals(before));
        return plain;
    }
}
