package org.avatarengine.source;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/** Decodes text only if all of it is valid, which shows whether it is in a charset. */
public final class StrictText {
    private StrictText() {}

    /** The text; null if the bytes are not valid in the charset. */
    public static @Nullable String of(byte[] bytes, Charset charset) {
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return null; // the answer: it is not this charset
        }
    }
}
