package org.avatarengine.source.archive;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.avatarengine.source.Digest;
import org.avatarengine.source.SourceException;
import org.jspecify.annotations.Nullable;

/** A folder with its files. Links are left out, because they may point anywhere. */
final class FolderArchive implements Archive {
    private final Path place;
    private final Listing listing;

    FolderArchive(Path place) throws IOException, SourceException {
        this.place = place;
        Path root = place.toRealPath();
        List<Entry> entries = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    String name = root.relativize(file).toString().replace('\\', '/');
                    entries.add(new Entry(name, Files.size(file)));
                    if (entries.size() > ZipArchive.MAX_ENTRIES) {
                        throw new SourceException(place + " contains more than " + ZipArchive.MAX_ENTRIES
                                + " files. Choose the folder of the export itself.");
                    }
                }
            }
        }
        this.listing = Listing.of(entries);
    }

    @Override
    public Path place() {
        return place;
    }

    @Override
    public @Nullable String path(String name) {
        return entry(name) == null
                ? null
                : place.toAbsolutePath().normalize().resolve(name).toString();
    }

    @Override
    public Listing listing() {
        return listing;
    }

    @Override
    public InputStream open(Entry entry) throws IOException {
        Path file = place.resolve(entry.name());
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("it changed while it was being read");
        }
        return new BufferedInputStream(Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS), 1 << 16);
    }

    /** Uses names, sizes and modification times, because a folder may contain gigabytes of pictures. */
    @Override
    public String fingerprint() throws IOException {
        MessageDigest sha = Digest.sha256();
        for (Entry entry : listing.all()) {
            long changed =
                    Files.getLastModifiedTime(place.resolve(entry.name())).toMillis();
            sha.update((entry.name() + '\0' + entry.bytes() + '\0' + changed + '\0').getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(sha.digest(), 0, 8);
    }

    @Override
    public void close() {
        // Nothing to close: files are open only while they are read.
    }
}
