package org.avatarengine.app.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The comments on records and their components, read from the sources of all modules. */
final class SourceComments {
    private static final Pattern TAG = Pattern.compile("\\{@(?:code|link) ([^}]*)}");

    /** The beginning of a comment that says what the reader of the schema knows. */
    private static final Pattern OUTPUT = Pattern.compile("^The output of [^:;.]*[:;.]\\s*");

    private static final Pattern STAR = Pattern.compile("\\s*\\n\\s*\\*? ?");

    private final Map<Class<?>, Map<String, String>> known = new HashMap<>();
    private final List<Path> modules;

    SourceComments() {
        try (Stream<Path> folders = Files.list(Path.of(".."))) {
            modules = folders.map(folder -> folder.resolve("src/main/java"))
                    .filter(Files::isDirectory)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The comment on a record; null if there is none. */
    @Nullable
    String of(Class<?> type) {
        return read(type).get("");
    }

    /** The comment on a component of a record; null if there is none. */
    @Nullable
    String of(Class<?> type, String component) {
        return read(type).get(component);
    }

    private Map<String, String> read(Class<?> type) {
        return known.computeIfAbsent(type, this::parse);
    }

    private Map<String, String> parse(Class<?> type) {
        Class<?> outer = type;
        while (outer.getEnclosingClass() != null) {
            outer = outer.getEnclosingClass();
        }
        String path = outer.getName().replace('.', '/') + ".java";
        Path file = modules.stream()
                .map(module -> module.resolve(path))
                .filter(Files::exists)
                .findFirst()
                .orElse(null);
        if (file == null) {
            return Map.of();
        }
        try {
            return comments(Files.readString(file), type.getSimpleName());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> comments(String source, String record) {
        Matcher declared = Pattern.compile("/\\*\\*((?:(?!\\*/)[\\s\\S])*)\\*/\\s*(?:@\\w+(?:\\([^)]*\\))?\\s+)*"
                        + "(?:public |private |protected |static )*record " + record + "\\b")
                .matcher(source);
        Map<String, String> found = new HashMap<>();
        if (declared.find()) {
            String text = STAR.matcher(declared.group(1)).replaceAll(" ").replaceAll("\\s@(?!param )\\w+ .*", "");
            String[] parts = text.strip().split("(?:^|\\s)@param ", -1);
            String meaning = OUTPUT.matcher(parts[0].strip()).replaceFirst("");
            if (!meaning.isEmpty()) {
                found.put("", plain(meaning));
            }
            for (String part : List.of(parts).subList(1, parts.length)) {
                String[] words = part.strip().split("\\s+", 2);
                found.put(words[0], plain(words[1]));
            }
        }
        return found;
    }

    private static String plain(String comment) {
        String text =
                TAG.matcher(comment).replaceAll("$1").replaceAll("\\s+", " ").strip();
        String sentence = Character.toUpperCase(text.charAt(0)) + text.substring(1);
        return sentence.endsWith(".") ? sentence : sentence + ".";
    }
}
