package org.avatarengine.source.apps.meta;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.avatarengine.event.Service;
import org.avatarengine.source.SourceException;
import org.avatarengine.source.apps.export.App;
import org.avatarengine.source.apps.export.Export;
import org.avatarengine.source.apps.export.ImportOptions;
import org.avatarengine.source.apps.export.JsonReader;
import org.avatarengine.source.archive.Archive;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Recognizes downloads of Facebook, Messenger and Instagram: a folder per thread with {@code message_1.json} (the
 * newest messages), {@code message_2.json} and so on; and Messenger's files with one end-to-end encrypted thread each.
 */
public final class Meta {
    private static final int LOOK = 4 << 10;
    private static final Pattern NUMBERED = Pattern.compile("(.*/)?message_(\\d{1,8})\\.json");
    private static final Pattern ABOUT_ME =
            Pattern.compile("(?i)(.*/)?(profile_information|personal_information)\\.json");

    /** A kind of export. */
    public static final App APP = new App("meta", "Messenger or Instagram download", Meta::recognize);

    private Meta() {}

    /** A file of a thread. */
    record Part(Archive.Entry entry, int number, boolean encrypted) {}

    private static @Nullable Export recognize(Archive archive, ImportOptions asked)
            throws SourceException, IOException {
        Map<String, List<Part>> threads = new TreeMap<>();
        for (Archive.Entry entry : archive.beginning(
                file -> NUMBERED.matcher(file.name()).matches(), LOOK, head -> head.contains("\"participants\""))) {
            Matcher numbered = NUMBERED.matcher(entry.name());
            if (numbered.matches()) {
                threads.computeIfAbsent(entry.folder(), f -> new ArrayList<>())
                        .add(new Part(entry, Integer.parseInt(numbered.group(2)), false));
            }
        }
        for (Archive.Entry entry : archive.beginning(
                file -> file.endsWith(".json") && !NUMBERED.matcher(file.name()).matches(),
                LOOK,
                head -> head.contains("\"participants\"") && head.contains("\"threadName\""))) {
            threads.put(entry.name(), List.of(new Part(entry, 1, true)));
        }
        if (threads.isEmpty()) {
            return null;
        }
        threads.values().forEach(parts -> {
            if (parts.size() > 1) {
                parts.sort(Comparator.comparingInt(Part::number).reversed()); // oldest first
            }
        });
        return telling -> {
            String owner = owner(archive, threads, asked);
            for (List<Part> parts : threads.values()) {
                ThreadReader reader = new ThreadReader(archive, service(archive, parts.getFirst()), owner);
                for (Part part : parts) {
                    reader.tell(part, telling);
                }
            }
        };
    }

    private static Service service(Archive archive, Part part) {
        String path = (archive.place().toAbsolutePath() + "/" + part.entry().name()).toLowerCase(Locale.ROOT);
        return path.contains("instagram") ? Service.INSTAGRAM : Service.MESSENGER;
    }

    /** The owner's name: specified by the user, else from the profile, else the only participant of all threads. */
    private static String owner(Archive archive, Map<String, List<Part>> threads, ImportOptions asked)
            throws SourceException, IOException, InterruptedException {
        Set<String> everywhere = new TreeSet<>();
        Set<String> all = new TreeSet<>();
        Set<Set<String>> groups = new HashSet<>();
        for (List<Part> parts : threads.values()) {
            Set<String> here = participants(archive, parts.getFirst());
            everywhere = groups.isEmpty() ? here : intersection(everywhere, here);
            groups.add(here);
            all.addAll(here);
        }
        for (String name : all) {
            if (asked.isMe(name)) {
                return name;
            }
        }
        if (asked.me() != null) {
            throw new SourceException(archive.place() + " contains nobody called \"" + asked.me()
                    + "\". With --me, use your name as the app shows it. Names in the export: "
                    + String.join(", ", all.stream().limit(10).toList()) + ".");
        }
        for (Archive.Entry entry : archive.entries()) {
            if (ABOUT_ME.matcher(entry.name()).matches()) {
                for (String name : names(JsonReader.tree(archive, entry))) {
                    if (all.contains(name)) {
                        return name;
                    }
                }
            }
        }
        if (groups.size() > 1 && everywhere.size() == 1) {
            return everywhere.iterator().next();
        }
        throw ImportOptions.whoAreYou(archive.place().toString(), all);
    }

    /** All texts in a profile file that may be a name. */
    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        if (node.isString()) {
            names.add(String.valueOf(Mojibake.mend(node.asString())));
        }
        node.forEach(child -> names.addAll(names(child)));
        return names;
    }

    private static Set<String> intersection(Set<String> one, Set<String> other) {
        Set<String> both = new TreeSet<>(one);
        both.retainAll(other);
        return both;
    }

    private static Set<String> participants(Archive archive, Part part)
            throws SourceException, IOException, InterruptedException {
        Set<String> names = new TreeSet<>();
        try (JsonReader in = new JsonReader(archive, part.entry())) {
            in.object(field -> {
                if (field.equals("participants")) {
                    in.list(() -> names.add(name(in.value())));
                } else {
                    in.skip();
                }
            });
        }
        return names;
    }

    static String name(JsonNode participant) {
        String name = participant.isObject() ? JsonReader.text(participant, "name") : participant.asString("");
        return String.valueOf(Mojibake.mend(name));
    }
}
