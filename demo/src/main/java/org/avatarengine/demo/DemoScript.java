package org.avatarengine.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The bundled conversations, read from {@code conversations.txt}, which explains its format at the top. */
record DemoScript(Map<String, Person> people, Map<String, Group> groups, List<Scene> scenes) {
    private static final Pattern CHOICE = Pattern.compile("\\{(?:(\\d):)?([^{}]*\\|[^{}]*)}");

    record Person(
            String key,
            String given,
            String family,
            @Nullable String nickname,
            @Nullable String organization,
            List<String> addresses,
            @Nullable String relation) {}

    record Group(String key, String name, List<String> members) {}

    /**
     * A short conversation that occurs several times.
     *
     * @param chat the key of a person or group
     */
    record Scene(String chat, int times, int fromHour, int toHour, List<Line> lines) {}

    /** A message with the marks after it. */
    record Line(String speaker, String text, List<String> marks) {}

    static DemoScript load() {
        try (InputStream in = DemoScript.class.getResourceAsStream("conversations.txt")) {
            if (in == null) {
                throw new IllegalStateException("The program's own file conversations.txt is missing.");
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DemoScript parse(String text) {
        DemoScript script = new DemoScript(new LinkedHashMap<>(), new LinkedHashMap<>(), new ArrayList<>());
        for (String line : text.lines().toList()) {
            if (line.startsWith("person ")) {
                String[] f = fields(line, 7);
                script.people.put(
                        f[0], new Person(f[0], f[1], f[2], orNull(f[3]), orNull(f[4]), list(f[5]), orNull(f[6])));
            } else if (line.startsWith("group ")) {
                String[] f = fields(line, 3);
                script.groups.put(f[0], new Group(f[0], f[1], list(f[2])));
            } else if (line.startsWith("## ") && !line.contains(",")) {
                String[] f = line.substring(3).split("[ -]");
                script.scenes.add(new Scene(
                        f[0],
                        Integer.parseInt(f[1]),
                        Integer.parseInt(f[2]),
                        Integer.parseInt(f[3]),
                        new ArrayList<>()));
            } else if (!line.isBlank() && !line.startsWith("#")) {
                script.scenes.getLast().lines().add(line(line));
            }
        }
        return script;
    }

    private static String[] fields(String line, int count) {
        String[] parts = line.substring(line.indexOf(' ')).split("\\|", -1);
        String[] fields = new String[count];
        for (int i = 0; i < count; i++) {
            fields[i] = i < parts.length ? parts[i].strip() : "";
        }
        return fields;
    }

    private static @Nullable String orNull(String field) {
        return field.isEmpty() ? null : field;
    }

    private static List<String> list(String field) {
        return List.of(field.split("\\s*,\\s*"));
    }

    private static Line line(String line) {
        int colon = line.indexOf(": ");
        String[] parts = line.substring(colon + 2).split(" //(?=[a-z])");
        return new Line(line.substring(0, colon), parts[0], List.of(parts).subList(1, parts.length));
    }

    /** Replaces each {a|b} by one of its choices. A choice with a number stays the same within a scene. */
    static String choose(String text, Random random, Map<String, Integer> fixed) {
        Matcher matcher = CHOICE.matcher(text);
        StringBuilder out = new StringBuilder();
        while (matcher.find()) {
            String[] options = matcher.group(2).split("\\|");
            String number = matcher.group(1);
            int pick = number == null
                    ? random.nextInt(options.length)
                    : fixed.computeIfAbsent(number, k -> random.nextInt(options.length));
            matcher.appendReplacement(out, Matcher.quoteReplacement(options[pick % options.length]));
        }
        return matcher.appendTail(out).toString();
    }
}
