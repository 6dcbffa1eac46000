package org.avatarengine.source.archive;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.avatarengine.source.Digest;

/** One file. */
record FileArchive(Path place) implements Archive {
    @Override
    public Listing listing() {
        return Listing.of(
                List.of(new Entry(place.getFileName().toString(), place.toFile().length())));
    }

    /** Files next to this one are not read, but attachments may be among them. */
    @Override
    public boolean has(String name) {
        try {
            Path root = place.toAbsolutePath().normalize().getParent();
            Path file = root == null ? null : root.resolve(name).normalize();
            return file != null && file.startsWith(root) && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
        } catch (InvalidPathException e) {
            return false; // no file can have this name
        }
    }

    @Override
    public InputStream open(Entry entry) throws IOException {
        return new BufferedInputStream(Files.newInputStream(place), 1 << 16);
    }

    @Override
    public String fingerprint() throws IOException {
        return Digest.of(place);
    }

    @Override
    public void close() {
        // Nothing to close: the file is open only while it is read.
    }
}
