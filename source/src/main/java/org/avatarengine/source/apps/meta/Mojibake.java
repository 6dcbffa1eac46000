package org.avatarengine.source.apps.meta;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Repairs texts in Meta's exports, which contain each byte of the UTF-8 as a separate character: "é" becomes "Ã©". */
final class Mojibake {
    private Mojibake() {}

    /** The original text. Texts that are not encoded in this way are returned unchanged. */
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
