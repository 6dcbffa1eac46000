package org.avatarengine.source.apps.meta;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.avatarengine.event.Service;
import org.avatarengine.source.SourceException;
import org.avatarengine.source.apps.export.App;
import org.avatarengine.source.apps.export.Export;
import org.avatarengine.source.apps.export.ImportOptions;
import org.avatarengine.source.apps.export.JsonReader;
import org.avatarengine.source.apps.export.OwnerChoice;
import org.avatarengine.source.archive.Archive;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Recognizes downloads of Facebook, Messenger and Instagram: a folder per thread with {@code message_1.json} (the
 * newest messages), {@code message_2.json} and so on; and Messenger's files with one end-to-end encrypted thread each.
 * Files are recognized by their fields, because people rename them and programs sort their keys.
 */
public final class Meta {
    private static final int LOOK = 64 << 10;
    private static final Pattern FIELDS =
            Pattern.compile("\"(participants|messages|sender_name|senderName|thread_path|threadName)\"\\s*:");

    private static final Pattern THREAD = Pattern.compile("\"(participants|sender_name|senderName|threadName)\"\\s*:");

    private static final Pattern ABOUT_ME =
            Pattern.compile("(?i)(.*/)?(profile_information|personal_information)\\.json");

    private static final Pattern PAGE = Pattern.compile("(?i)(.*/)?message_\\d{1,8}\\.html");
    /** The style names of the pages' boxes, which are the same in all languages. */
    private static final Pattern BOXES = Pattern.compile("class=\"(pam|_a6-g|_4t5n|_3-95)[\" ]");

    /** A kind of export. */
    public static final App APP = new App("meta", "Messenger or Instagram download", Meta::recognize);

    private Meta() {}

    /** A file that is damaged, and why. */
    private record Damaged(Archive.Entry entry, SourceException why) {}

    private static @Nullable Export recognize(Archive archive, ImportOptions asked)
            throws SourceException, IOException {
        Map<String, List<ThreadFile>> threads = new TreeMap<>();
        List<Damaged> damaged = new ArrayList<>();
        boolean alone = archive.entries().size() == 1;
        for (Archive.Entry entry : archive.entries()) {
            if (alone || entry.endsWith(".json")) {
                look(archive, entry, threads, damaged);
            }
        }
        if (threads.isEmpty()) {
            refuse(archive, damaged);
            return null;
        }
        threads.values().forEach(parts -> parts.sort(Comparator.comparingLong(ThreadFile::first)));
        return telling -> {
            damaged.forEach(one -> telling.unreadable(one.entry().name()));
            String owner = owner(archive, threads, asked);
            for (List<ThreadFile> parts : threads.values()) {
                ThreadReader reader = new ThreadReader(archive, service(archive, parts), owner, parts);
                for (ThreadFile part : parts) {
                    reader.tell(part, telling);
                }
            }
        };
    }

    private static void look(
            Archive archive, Archive.Entry entry, Map<String, List<ThreadFile>> threads, List<Damaged> damaged)
            throws IOException {
        String head = new String(archive.head(entry, LOOK), StandardCharsets.UTF_8);
        boolean usual = ThreadFile.isUsual(entry);
        if (!usual
                && !(head.stripLeading().startsWith("{") && FIELDS.matcher(head).find())) {
            return;
        }
        try {
            ThreadFile file = ThreadFile.of(archive, entry);
            if (file != null) {
                threads.computeIfAbsent(entry.folder() + "\0" + file.conversation(), thread -> new ArrayList<>())
                        .add(file);
            }
        } catch (SourceException | IOException e) {
            if (usual || THREAD.matcher(head).find()) {
                damaged.add(new Damaged(
                        entry,
                        e instanceof SourceException told
                                ? told
                                : SourceException.unreadable(archive.where(entry), e, "Download it again.")));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("reading was interrupted", e);
        }
    }

    /** Says why there is nothing to read: the files are damaged, or pages for a browser. */
    private static void refuse(Archive archive, List<Damaged> damaged) throws SourceException, IOException {
        if (!damaged.isEmpty()) {
            throw damaged.getFirst().why();
        }
        boolean pages = archive.entries().stream()
                .anyMatch(entry -> PAGE.matcher(entry.name()).matches());
        if (!pages) {
            pages = !archive.beginning(
                            entry -> entry.endsWith(".html"),
                            LOOK,
                            head -> BOXES.matcher(head).find())
                    .isEmpty();
        }
        if (pages) {
            String names = (archive.place()
                            + archive.entries().stream()
                                    .map(Archive.Entry::name)
                                    .collect(Collectors.joining()))
                    .toLowerCase(Locale.ROOT);
            boolean instagram = names.contains("instagram");
            boolean facebook = names.contains("facebook");
            throw new SourceException(archive.place() + " is "
                    + (instagram && !facebook
                            ? "Instagram's HTML export"
                            : facebook && !instagram
                                    ? "Facebook's HTML export"
                                    : "an HTML export of Instagram, Facebook or Messenger")
                    + ", which cannot be imported. Ask for JSON: request the download again and choose JSON as the"
                    + " format.");
        }
    }

    private static Service service(Archive archive, List<ThreadFile> parts) {
        String name = parts.getFirst().entry().name().toLowerCase(Locale.ROOT);
        if (name.contains("instagram")) {
            return Service.INSTAGRAM;
        }
        if (name.contains("facebook") || name.contains("messenger")) {
            return Service.MESSENGER;
        }
        String place = archive.place().toAbsolutePath().toString().toLowerCase(Locale.ROOT);
        boolean instagram = parts.stream().anyMatch(ThreadFile::instagram)
                || archive.entries().stream()
                        .anyMatch(e -> e.name().toLowerCase(Locale.ROOT).contains("instagram"))
                || place.contains("instagram");
        return instagram ? Service.INSTAGRAM : Service.MESSENGER;
    }

    /** The owner's name: specified by the user, else from the profile, else the only one in all threads. */
    private static String owner(Archive archive, Map<String, List<ThreadFile>> threads, ImportOptions asked)
            throws SourceException, IOException {
        Set<String> everywhere = new TreeSet<>();
        OwnerChoice people = new OwnerChoice();
        Set<String> all = new TreeSet<>();
        Set<Set<String>> groups = new HashSet<>();
        for (List<ThreadFile> parts : threads.values()) {
            Set<String> here = new TreeSet<>();
            parts.forEach(part -> here.addAll(part.people()));
            everywhere = groups.isEmpty() ? new TreeSet<>(here) : intersection(everywhere, here);
            groups.add(here);
            all.addAll(here);
        }
        all.forEach(name -> people.saw(name, name));
        String chosen = people.chosen(asked, archive.place().toString());
        if (chosen != null) {
            return chosen;
        }
        for (Archive.Entry entry : archive.entries()) {
            if (ABOUT_ME.matcher(entry.name()).matches()) {
                Set<String> found = new LinkedHashSet<>();
                JsonNode profile = JsonReader.tree(archive, entry);
                names(profile, "", found);
                found.retainAll(all);
                // A profile also names relatives and schools.
                if (found.size() == 1) {
                    return found.iterator().next();
                }
            }
        }
        if (groups.size() > 1 && everywhere.size() == 1) {
            return everywhere.iterator().next();
        }
        throw ImportOptions.whoAreYou(archive.place().toString(), all);
    }

    /** All texts in a profile that may be the owner's name. */
    private static void names(JsonNode node, String key, Set<String> found) {
        if (key.contains("family") || key.contains("relationship") || key.contains("friend")) {
            return;
        }
        if (node.isString()) {
            found.add(Objects.requireNonNullElse(Mojibake.mend(node.asString()), ""));
        }
        if (node.isObject()) {
            node.propertyNames().forEach(name -> names(node.path(name), name.toLowerCase(Locale.ROOT), found));
        } else {
            node.forEach(child -> names(child, key, found));
        }
    }

    private static Set<String> intersection(Set<String> one, Set<String> other) {
        Set<String> both = new TreeSet<>(one);
        both.retainAll(other);
        return both;
    }

    static String name(JsonNode participant) {
        String name = participant.isObject() ? JsonReader.text(participant, "name") : participant.asString("");
        return String.valueOf(Mojibake.mend(name));
    }
}
