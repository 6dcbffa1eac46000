package org.avatarengine.source.apps.whatsapp;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.avatarengine.source.archive.Archive;
import org.jspecify.annotations.Nullable;

/**
 * What the names of a file, its folder and its zip tell about a chat. They are for people to read and show who the
 * partner in a chat of two is. They do not identify a chat: see {@link Identity}.
 */
final class ChatNames {
    private static final Pattern BY_THE_APP = Pattern.compile(
            "(?iu).*whatsapp.*?(?: - | with | mit | con | com | avec | met | med | z | s | с | з | dengan | cu | me | mb"
                    + " | kanssa | amb | kasama si | na |: )\\s*(.+?)(?: ?\\(\\d+\\))?");

    /** Languages in which the name comes first. */
    private static final Pattern NAME_FIRST = Pattern.compile("(?iu)(.+?)(?: ile | के साथ |님과 |さん?との?|との).*whatsapp.*|"
            + "[與与]\\s?[“「]?(.+?)[”」]?\\s?的\\s?whatsapp.*|whatsapp (.+?) के साथ.*");

    private static final Set<String> GENERIC =
            Set.of("_chat", "chat", "whatsapp", "whatsapp chat", "messages", "export");

    private final List<String> stems = new ArrayList<>();

    ChatNames(Archive archive, Archive.Entry file) {
        stems.add(stem(file.fileName()));
        String folder = file.folderName();
        if (!folder.isEmpty()) {
            stems.add(stem(folder));
        }
        stems.add(
                stem(archive.place().toAbsolutePath().normalize().getFileName().toString()));
    }

    private static String stem(String name) {
        return Sender.plain(name.replaceFirst("(?i)(\\.txt|\\.zip)+$", ""));
    }

    /** The partner or the group, if a name has the form that the app gives; else null. */
    @Nullable
    String byTheApp() {
        for (String stem : stems) {
            Matcher matcher = BY_THE_APP.matcher(stem);
            Matcher other = NAME_FIRST.matcher(stem);
            if (matcher.matches()) {
                return Sender.plain(matcher.group(1));
            }
            if (other.matches()) {
                for (int i = 1; i <= other.groupCount(); i++) {
                    if (other.group(i) != null) {
                        return Sender.plain(other.group(i));
                    }
                }
            }
        }
        return null;
    }

    /** A name that somebody gave to the file or its folder; null if there are only names that say nothing. */
    @Nullable
    String given() {
        return stems.stream()
                .filter(stem -> !GENERIC.contains(stem.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElse(null);
    }

    /** The only one of two people whom the names mention, as the app does in every language; else null. */
    @Nullable
    String mentioned(Set<String> people) {
        for (String stem : stems) {
            List<String> named = people.stream()
                    .filter(person -> person.length() > 1 && same(stem).contains(same(person)))
                    .toList();
            if (named.size() == 1) {
                return named.getFirst();
            }
        }
        return null;
    }

    /** Whether two names are the same apart from spaces. Names of files have no narrow ones. */
    static boolean isSame(String one, @Nullable String other) {
        return other != null && same(one).equals(same(other));
    }

    private static String same(String name) {
        return Phrases.SPACES.matcher(name).replaceAll(" ").strip();
    }
}
