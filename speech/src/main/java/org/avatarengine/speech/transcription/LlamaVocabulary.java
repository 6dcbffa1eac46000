package org.avatarengine.speech.transcription;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The vocabulary of Llama 1 and 2, which Moonshine uses, from the package llama-tokenizer-js. */
final class LlamaVocabulary {
    private static final Pattern ENCODED = Pattern.compile("llama_vocab_base64 = \"([A-Za-z0-9+/=]+)\"");
    private static final Pattern BYTE = Pattern.compile("<0x([0-9A-F]{2})>");

    /** The mark for a space at the beginning of a word. */
    private static final char SPACE = '▁';

    private static final int SPECIAL = 3;

    private final List<String> tokens;

    LlamaVocabulary(String script) {
        Matcher found = ENCODED.matcher(script);
        if (!found.find()) {
            throw new IllegalStateException("The bundled vocabulary has an unexpected format.");
        }
        String lines = new String(Base64.getDecoder().decode(found.group(1)), StandardCharsets.UTF_8);
        tokens = List.of(lines.split("\n", -1));
    }

    boolean isText(long token) {
        return token >= SPECIAL && token < tokens.size();
    }

    boolean beginsWord(long token) {
        return isText(token) && tokens.get((int) token).charAt(0) == SPACE;
    }

    String decode(List<Long> written) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (long token : written) {
            if (isText(token)) {
                String text = tokens.get((int) token);
                Matcher one = BYTE.matcher(text);
                if (one.matches()) {
                    bytes.write(Integer.parseInt(one.group(1), 16));
                } else {
                    bytes.writeBytes(text.replace(SPACE, ' ').getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
