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
import org.jspecify.annotations.Nullable;

/** One file. */
record FileArchive(Path place) implements Archive {
    @Override
    public Listing listing() {
        return Listing.of(
                List.of(new Entry(place.getFileName().toString(), place.toFile().length())));
    }

    @Override
    public InputStream open(Entry entry) throws IOException {
        return new BufferedInputStream(Files.newInputStream(place), 1 << 16);
    }

    /** Apps put the files of a chat beside its text, or into a folder there. Nothing outside is looked for. */
    @Override
    public @Nullable String path(String name) {
        try {
            Path root = place.toAbsolutePath().normalize().getParent();
            Path file =
                    root == null || name.isEmpty() ? null : root.resolve(name).normalize();
            return file != null && file.startsWith(root) && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    ? file.toString()
                    : null;
        } catch (InvalidPathException e) {
            return null; // a name that this computer cannot have
        }
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
