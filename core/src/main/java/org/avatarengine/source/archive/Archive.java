package org.avatarengine.source.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.avatarengine.source.SourceException;
import org.jspecify.annotations.Nullable;

/**
 * What somebody exported, seen as files with relative names. Nothing is unpacked to disk, links are not followed, and
 * names that lead out of the archive are refused, so a hostile archive can write nothing and show nothing of this
 * computer. What unfolds far beyond its size is refused, too.
 */
public interface Archive extends AutoCloseable {

    /**
     * A file in it.
     *
     * @param name relative, parts separated by {@code /}
     * @param bytes unpacked; -1 where that is not known
     */
    record Entry(String name, long bytes) {
        /** The last part of the name. */
        public String fileName() {
            return name.substring(name.lastIndexOf('/') + 1);
        }

        /** The name up to the last slash, that included; empty for a file at the top. */
        public String folder() {
            return name.substring(0, name.lastIndexOf('/') + 1);
        }

        /** Whether the file's name ends so, whatever the case. */
        public boolean endsWith(String end) {
            return name.toLowerCase(Locale.ROOT).endsWith(end);
        }
    }

    /** What the user named. */
    Path place();

    /** All files. */
    Listing listing();

    /** All files, in the order of their names. */
    default List<Entry> entries() {
        return listing().all();
    }

    /** Opens a file. */
    InputStream open(Entry entry) throws IOException;

    /** Identifies the content: the same export has the same one wherever it lies, and a changed one has another. */
    String fingerprint() throws IOException;

    @Override
    void close() throws IOException;

    /** The file of that name, or null. */
    default @Nullable Entry entry(String name) {
        return listing().byName().get(name);
    }

    /** The first bytes of a file, for recognizing it; fewer when it is shorter. */
    default byte[] head(Entry entry, int bytes) throws IOException {
        try (InputStream in = open(entry)) {
            return in.readNBytes(bytes);
        }
    }

    /**
     * The files that begin in some way.
     *
     * @param mayBe by its name and size; others are not opened
     * @param bytes how many have to be looked at
     */
    default List<Entry> beginning(Predicate<Entry> mayBe, int bytes, Predicate<String> beginning) throws IOException {
        List<Entry> found = new ArrayList<>();
        for (Entry entry : entries()) {
            if (mayBe.test(entry) && beginning.test(new String(head(entry, bytes), StandardCharsets.UTF_8))) {
                found.add(entry);
            }
        }
        return found;
    }

    /** How a file of it is called in a message to the user. */
    default String where(Entry entry) {
        return entries().size() == 1 && !Files.isDirectory(place())
                ? place().toString()
                : place() + ", file " + entry.name();
    }

    /**
     * Opens a folder, a zip, or any other file as an archive of its own.
     *
     * @throws SourceException when it is damaged, hostile, or encrypted
     */
    static Archive open(Path place) throws SourceException {
        try {
            if (Files.isDirectory(place)) {
                return new FolderArchive(place);
            }
            return ZipArchive.recognizes(place) ? new ZipArchive(place) : new FileArchive(place);
        } catch (IOException e) {
            throw new SourceException("Cannot read " + place + ": " + e.getMessage() + ".", e);
        }
    }
}
