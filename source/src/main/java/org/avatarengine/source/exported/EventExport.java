package org.avatarengine.source.exported;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import org.avatarengine.event.Event;
import org.avatarengine.files.PrivateFiles;
import org.avatarengine.files.WholeFile;
import org.avatarengine.source.Position;
import org.avatarengine.source.Source;
import org.avatarengine.source.SourceException;

/** Writes all events of a source as JSON Lines. The file gets its name only when it is complete. */
public final class EventExport {
    private EventExport() {}

    /**
     * Exports a source.
     *
     * @param written called after each batch with the number of events so far
     * @return the number of events written
     * @throws SourceException when the source cannot be read or the file cannot be written
     */
    public static long write(Source source, Path file, LongConsumer written)
            throws SourceException, InterruptedException {
        long[] count = {0};
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Path unfinished = WholeFile.part(file);
            try (BufferedWriter out = new BufferedWriter(
                    new OutputStreamWriter(PrivateFiles.create(unfinished), StandardCharsets.UTF_8))) {
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
            WholeFile.publish(unfinished, file);
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
