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
 * An export as a set of files with relative names. Nothing is unpacked to disk, links are not followed, and names that
 * point outside the archive are refused, so a hostile archive cannot write to this computer or read from it. Files that
 * unpack to far more than their size are refused too.
 */
public interface Archive extends AutoCloseable {

    /**
     * A file in an archive.
     *
     * @param name the relative name, with parts separated by {@code /}
     * @param bytes the unpacked size; -1 when unknown
     */
    record Entry(String name, long bytes) {
        /** The last part of the name. */
        public String fileName() {
            return name.substring(name.lastIndexOf('/') + 1);
        }

        /** The name up to and including the last slash; empty for a file at the top level. */
        public String folder() {
            return name.substring(0, name.lastIndexOf('/') + 1);
        }

        /** The name of the folder that the file is in; empty for a file at the top level. */
        public String folderName() {
            String folder = folder();
            return folder.substring(folder.lastIndexOf('/', folder.length() - 2) + 1, Math.max(0, folder.length() - 1));
        }

        /** Whether the file's name has this ending, ignoring case. */
        public boolean endsWith(String end) {
            return name.toLowerCase(Locale.ROOT).endsWith(end);
        }
    }

    /** The path that the user named. */
    Path place();

    /** All files. */
    Listing listing();

    /** All files, sorted by name. */
    default List<Entry> entries() {
        return listing().all();
    }

    /** Opens a file. */
    InputStream open(Entry entry) throws IOException;

    /** Identifies the content. It does not depend on the location of the export, and differs for a changed export. */
    String fingerprint() throws IOException;

    @Override
    void close() throws IOException;

    /** The file with a name, or null. */
    default @Nullable Entry entry(String name) {
        return listing().byName().get(name);
    }

    /** Whether there is a file with this name. */
    default boolean has(String name) {
        return path(name) != null;
    }

    /**
     * Where the file with a name is: its path on this computer or, in a zip, the path of the zip, {@code !/} and the
     * name. Null if there is no such file.
     */
    @Nullable
    String path(String name);

    /** The first bytes of a file, for recognizing it; fewer when it is shorter. */
    default byte[] head(Entry entry, int bytes) throws IOException {
        try (InputStream in = open(entry)) {
            return in.readNBytes(bytes);
        }
    }

    /**
     * The files whose beginning matches.
     *
     * @param mayBe a filter by name and size; other files are not opened
     * @param bytes the number of bytes to test
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

    /** The name of a file in messages to the user. */
    default String where(Entry entry) {
        return entries().size() == 1 && !Files.isDirectory(place())
                ? place().toString()
                : place() + ", file " + entry.name();
    }

    /**
     * Opens a folder, a zip, or any other file as an archive.
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
