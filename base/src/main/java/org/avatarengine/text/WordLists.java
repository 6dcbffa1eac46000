package org.avatarengine.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads bundled lists of words. Empty lines and lines that begin with {@code #} are ignored. */
public final class WordLists {
    private WordLists() {}

    /**
     * Reads the lists of a resource next to a class: one list per line, with its name, a colon, and the words.
     *
     * @param separator the separator between words, as a regular expression
     */
    public static Map<String, List<String>> read(Class<?> owner, String file, String separator) {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        for (String line : lines(owner, file)) {
            int colon = line.indexOf(':');
            lists.put(
                    line.substring(0, colon),
                    List.of(line.substring(colon + 1).strip().split(separator)));
        }
        return lists;
    }

    /** Reads the lines of a resource next to a class. */
    public static List<String> lines(Class<?> owner, String file) {
        try (InputStream in = Objects.requireNonNull(owner.getResourceAsStream(file), file);
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
