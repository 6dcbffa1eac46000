package org.avatarengine.source.apps.export;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.avatarengine.source.archive.Archive;
import org.jspecify.annotations.Nullable;

/**
 * Finds the files that belong to messages. Exports name them relative to the file with the messages, to the export's
 * root, or to a folder above it; and people move the export's folders.
 */
public final class Media {
    private Media() {}

    /** Whether the place is an address on the web instead of a file of the export. */
    public static boolean isWeb(String written) {
        return written.matches("(?i)[a-z][a-z0-9+.-]*://.*");
    }

    /**
     * Where a file of the export is, as {@link Archive#path} says it; null when it is not there.
     *
     * @param folder the folder of the file with the messages, with a slash at its end; empty at the top level
     * @param written the place as the export writes it
     */
    public static @Nullable String find(Archive archive, String folder, @Nullable String written) {
        if (written == null || written.isBlank() || isWeb(written)) {
            return null;
        }
        String found = under(archive, folder, written.strip().replace('\\', '/'));
        return found == null && written.indexOf('%') >= 0 ? under(archive, folder, decoded(written)) : found;
    }

    private static @Nullable String under(Archive archive, String folder, String written) {
        String path = written.replaceFirst("^(\\./|/)+", "");
        List<String> parts = Arrays.asList(path.split("/", -1));
        if (path.isEmpty() || parts.contains("..") || path.indexOf('\0') >= 0) {
            return null; // a place outside the export
        }
        List<String> folders = withParents(folder);
        for (int skipped = 0; skipped < Math.max(1, parts.size() - 1); skipped++) {
            String rest = String.join("/", parts.subList(skipped, parts.size()));
            for (String parent : folders) {
                String place = archive.path(parent + rest);
                if (place != null) {
                    return place;
                }
            }
        }
        return archive.path(folder + parts.getLast());
    }

    /** The folder and those above it, nearest first. */
    private static List<String> withParents(String folder) {
        List<String> folders = new ArrayList<>();
        String at = folder;
        while (!at.isEmpty()) {
            folders.add(at);
            at = at.substring(0, at.lastIndexOf('/', at.length() - 2) + 1);
        }
        folders.add("");
        return folders;
    }

    private static String decoded(String written) {
        try {
            return URLDecoder.decode(written.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return written; // the percent sign belongs to the name
        }
    }
}
