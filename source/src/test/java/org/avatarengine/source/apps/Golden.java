package org.avatarengine.source.apps;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Example exports, one folder for each reader. The name of a file says what it shows; the tests say what is right. */
final class Golden {
    private Golden() {}

    /** @param file the folder and the name, such as {@code telegram/one-chat.json} */
    static String text(String file) {
        try (InputStream in = Objects.requireNonNull(Golden.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
