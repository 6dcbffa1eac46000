package org.avatarengine.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Files that are there whole or not at all. The content is written beside the file, reaches the disk, and then takes the
 * file's name in one step. If the program or the machine stops at any moment, the file holds either the old content or
 * all of the new.
 */
public final class WholeFile {
    private static final String PART = ".part";

    private WholeFile() {}

    /** Writes the content of a file. */
    @FunctionalInterface
    public interface Content {
        void write(OutputStream out) throws IOException;
    }

    /**
     * Writes a file that only its owner can read. The folder must exist.
     *
     * @throws IOException when it cannot be written; the file is then as it was
     */
    public static void write(Path file, Content content) throws IOException {
        Path part = part(file);
        try {
            try (OutputStream out = new BufferedOutputStream(PrivateFiles.create(part))) {
                content.write(out);
            }
            publish(part, file);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Writes bytes; as {@link #write(Path, Content)}. */
    public static void write(Path file, byte[] bytes) throws IOException {
        write(file, out -> out.write(bytes));
    }

    /** Writes text as UTF-8; as {@link #write(Path, Content)}. */
    public static void write(Path file, String text) throws IOException {
        write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Where to write what {@link #publish} is to put in the place of a file or folder. It is on the same volume. */
    public static Path part(Path target) {
        return target.resolveSibling(target.getFileName() + PART);
    }

    /**
     * Gives a finished file or folder its name, in place of a file that has it. A file's content is on the disk before.
     *
     * @throws IOException when that is impossible, for example because a folder of that name exists
     */
    public static void publish(Path part, Path target) throws IOException {
        if (Files.isRegularFile(part)) {
            try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } else {
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        }
    }
}
