package org.avatarengine.source.exported;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.LongConsumer;
import org.avatarengine.event.Event;
import org.avatarengine.source.Position;
import org.avatarengine.source.Source;
import org.avatarengine.source.SourceException;

/** Writes everything a source holds as JSON Lines. The file appears under its name only when it is whole. */
public final class EventExport {
    private EventExport() {}

    /**
     * Exports a source.
     *
     * @param written told after each batch how many events there are so far
     * @return the number of events written
     * @throws SourceException when the source cannot be read or the file cannot be written
     */
    public static long write(Source source, Path file, LongConsumer written)
            throws SourceException, InterruptedException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".part");
        long[] count = {0};
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            try (BufferedWriter out = Files.newBufferedWriter(unfinished, StandardCharsets.UTF_8)) {
                if (Files.getFileStore(unfinished).supportsFileAttributeView("posix")) {
                    Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rw-------"));
                }
                out.write(EventLines.JSON.writeValueAsString(
                        new EventLines.Header(EventLines.Header.CURRENT, source.id())));
                out.write('\n');
                source.read(Position.START, batch -> {
                    try {
                        for (Event event : batch.events()) {
                            out.write(EventLines.write(event));
                            out.write('\n');
                        }
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                    count[0] += batch.events().size();
                    written.accept(count[0]);
                    return true;
                });
            }
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            return count[0];
        } catch (IOException e) {
            throw cannotWrite(file, e);
        } catch (UncheckedIOException e) {
            throw cannotWrite(file, e);
        }
    }

    private static SourceException cannotWrite(Path file, Exception e) {
        return new SourceException(
                "Cannot write " + file + ": " + e.getMessage() + ". Check the folder and the free disk space.", e);
    }
}
