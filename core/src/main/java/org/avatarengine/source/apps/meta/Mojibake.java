package org.avatarengine.source.apps.meta;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Meta's exports write each byte of a text's UTF-8 as a character of its own: "é" becomes "Ã©". Taken together again
 * the bytes are the text.
 */
final class Mojibake {
    private Mojibake() {}

    /** The text as it was written; as it stands where it is no such chain of bytes. */
    static @Nullable String mend(@Nullable String text) {
        if (text == null || text.chars().allMatch(c -> c < 0x80) || text.chars().anyMatch(c -> c > 0xff)) {
            return text;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            return text;
        }
    }
}
