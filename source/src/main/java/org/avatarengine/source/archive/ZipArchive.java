package org.avatarengine.source.archive;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.avatarengine.source.Digest;
import org.avatarengine.source.SourceException;
import org.jspecify.annotations.Nullable;

/** A zip. Its names are read in whichever encoding they were written; see {@link ZipNames}. */
final class ZipArchive implements Archive {
    static final int MAX_ENTRIES = 1_000_000;

    /** The texts of messages compress by a factor of 10 to 30; zip bombs by 1000 and more. */
    private static final long MAX_RATIO = 250;

    private static final long UNSUSPICIOUS = 64L << 20;
    private static final byte[] MAGIC = {'P', 'K', 3, 4};

    private final Path place;
    private final ZipFile zip;
    private final Map<String, ZipArchiveEntry> packed = new LinkedHashMap<>();
    private final Listing listing;

    ZipArchive(Path place) throws IOException, SourceException {
        this.place = place;
        try {
            this.zip = ZipFile.builder()
                    .setPath(place)
                    .setCharset(StandardCharsets.UTF_8)
                    .setUseUnicodeExtraFields(false) // ZipNames reads them
                    // The central directory says it all; on a network volume, a look at each file's header is slow.
                    .setIgnoreLocalFileHeader(true)
                    .get();
        } catch (IOException | RuntimeException e) { // commons-compress throws both for damaged headers
            throw new SourceException(
                    place + " is a damaged zip file (" + e.getMessage() + "). Export or download it again.", e);
        }
        try {
            this.listing = Listing.of(list(zip));
        } catch (SourceException e) {
            zip.close();
            throw e;
        }
    }

    static boolean recognizes(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(MAGIC.length), MAGIC);
        }
    }

    private List<Entry> list(ZipFile zip) throws SourceException {
        List<Entry> entries = new ArrayList<>();
        ZipNames names = new ZipNames(Locale.getDefault());
        Enumeration<ZipArchiveEntry> all = zip.getEntries();
        while (all.hasMoreElements()) {
            ZipArchiveEntry entry = all.nextElement();
            String name = names.of(entry).replace('\\', '/'); // some Windows programs write backslashes
            if (leadsOut(name)) {
                throw new SourceException(place + " contains a file whose name points outside the zip file."
                        + " It is refused. Export the chats from the app again.");
            }
            if (!name.endsWith("/") && packed.putIfAbsent(name, entry) == null) {
                entries.add(new Entry(name, entry.getSize()));
            }
            if (entries.size() > MAX_ENTRIES) {
                throw new SourceException(place + " contains more than " + MAX_ENTRIES
                        + " files. Unpack it and import the files with messages.");
            }
        }
        return entries;
    }

    private static boolean leadsOut(String name) {
        return name.startsWith("/")
                || name.matches("^[A-Za-z]:.*")
                || name.indexOf('\0') >= 0
                || Arrays.asList(name.split("/")).contains("..");
    }

    @Override
    public Path place() {
        return place;
    }

    @Override
    public @Nullable String path(String name) {
        return entry(name) == null ? null : place.toAbsolutePath().normalize() + "!/" + name;
    }

    @Override
    public Listing listing() {
        return listing;
    }

    @Override
    public InputStream open(Entry entry) throws IOException {
        ZipArchiveEntry wanted = packed.get(entry.name());
        if (wanted == null) {
            throw new IOException("the zip file does not contain " + entry.name());
        }
        if (!zip.canReadEntryData(wanted)) {
            throw new IOException("it is encrypted or compressed in a way that this program cannot read");
        }
        InputStream in = zip.getInputStream(wanted);
        long most = Math.max(UNSUSPICIOUS, Math.multiplyExact(Math.max(0, wanted.getCompressedSize()), MAX_RATIO));
        return new BufferedInputStream(new Bounded(in, most), 1 << 16);
    }

    @Override
    public String fingerprint() throws IOException {
        return Digest.of(place);
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    /** Throws an exception when a file unpacks to more than the permitted size. */
    private static final class Bounded extends java.io.FilterInputStream {
        private long left;

        Bounded(InputStream in, long most) {
            super(in);
            this.left = most;
        }

        private int counted(int read) throws IOException {
            left -= Math.max(0, read);
            if (left < 0) {
                throw new IOException("a file in the zip file unpacks to more than " + MAX_RATIO
                        + " times its size, which is typical of harmful files");
            }
            return read;
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            counted(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            return counted(super.read(buffer, offset, length));
        }
    }
}
