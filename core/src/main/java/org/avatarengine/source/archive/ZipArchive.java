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
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.avatarengine.source.Digest;
import org.avatarengine.source.SourceException;

/** A zip. */
final class ZipArchive implements Archive {
    static final int MAX_ENTRIES = 1_000_000;

    /** Text of messages packs to a tenth or a thirtieth; bombs unfold a thousand times and more. */
    private static final long MAX_RATIO = 250;

    private static final long UNSUSPICIOUS = 64L << 20;
    private static final byte[] MAGIC = {'P', 'K', 3, 4};

    private final Path place;
    private final ZipFile zip;
    private final Listing listing;

    ZipArchive(Path place) throws IOException, SourceException {
        this.place = place;
        try {
            this.zip = new ZipFile(place.toFile(), StandardCharsets.UTF_8);
        } catch (ZipException e) {
            throw new SourceException(
                    place + " is a damaged zip (" + e.getMessage() + "). Export or download it again.", e);
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
        Enumeration<? extends ZipEntry> all = zip.entries();
        while (all.hasMoreElements()) {
            ZipEntry entry = all.nextElement();
            String name = entry.getName().replace('\\', '/');
            if (leadsOut(name)) {
                throw new SourceException(place + " holds a file whose name leads out of the zip, as no app writes it."
                        + " It is refused; export it again from the app.");
            }
            if (!entry.isDirectory()) {
                entries.add(new Entry(entry.getName(), entry.getSize()));
            }
            if (entries.size() > MAX_ENTRIES) {
                throw new SourceException(
                        place + " holds more than " + MAX_ENTRIES + " files. Take out the ones with messages.");
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
    public Listing listing() {
        return listing;
    }

    @Override
    public InputStream open(Entry entry) throws IOException {
        ZipEntry packed = zip.getEntry(entry.name());
        InputStream in = packed == null ? null : zip.getInputStream(packed);
        if (packed == null || in == null) {
            throw new IOException("the zip holds no " + entry.name());
        }
        long most = Math.max(UNSUSPICIOUS, Math.multiplyExact(Math.max(0, packed.getCompressedSize()), MAX_RATIO));
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

    /** Ends with an error rather than give more bytes than it should. */
    private static final class Bounded extends java.io.FilterInputStream {
        private long left;

        Bounded(InputStream in, long most) {
            super(in);
            this.left = most;
        }

        private int counted(int read) throws IOException {
            left -= Math.max(0, read);
            if (left < 0) {
                throw new IOException("a file in the zip unfolds to more than " + MAX_RATIO
                        + " times its size, which is how harmful zips are made");
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
