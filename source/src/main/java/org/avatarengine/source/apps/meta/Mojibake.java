package org.avatarengine.source.apps.meta;

import java.nio.charset.StandardCharsets;
import org.avatarengine.source.StrictText;
import org.jspecify.annotations.Nullable;

/** Repairs texts in Meta's exports, which contain each byte of the UTF-8 as a separate character: "é" becomes "Ã©". */
final class Mojibake {
    private Mojibake() {}

    /** The original text. Texts that are not encoded in this way are returned unchanged. */
    static @Nullable String mend(@Nullable String text) {
        if (text == null || text.chars().allMatch(c -> c < 0x80) || text.chars().anyMatch(c -> c > 0xff)) {
            return text;
        }
        String mended = StrictText.of(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        return mended == null ? text : mended;
    }
}
