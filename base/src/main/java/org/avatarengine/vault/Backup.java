package org.avatarengine.vault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Stream;
import org.avatarengine.failure.VaultException;
import org.avatarengine.files.PrivateFiles;
import org.avatarengine.progress.Progress;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes encrypted copies of a data folder. No other process may use the folder meanwhile, except for a
 * backup of a {@link LiveCopy}.
 */
public final class Backup {
    /** The file name extension of backups. */
    public static final String SUFFIX = ".avatar";

    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern(
                    "'avatar-'yyyyMMdd-HHmmss'" + SUFFIX + "'")
            .withZone(ZoneOffset.UTC);
    private static final String LIST = DataFolder.Content.BACKUPS.fileName();

    /** A backup, as listed in the data folder. */
    public record Made(Instant at, String file, int files, long bytes) {}

    private final Path data;

    /** @param data the data folder */
    public Backup(Path data) {
        this.data = data;
    }

    /**
     * Makes a backup and verifies it.
     *
     * @param to a new file, or a folder, in which the file is named by the current time
     * @throws VaultException when the backup could not be made; no file is then left
     */
    public Made make(Path to, Secret secret, Clock clock, Progress progress) {
        return make(data, to, secret, clock, progress);
    }

    /**
     * Makes a backup from a copy of the folder that was taken while the folder was in use.
     *
     * @see LiveCopy
     */
    public Made make(Path copy, Path to, Secret secret, Clock clock, Progress progress) {
        try {
            Path file = Files.isDirectory(to) ? to.resolve(NAME.format(clock.instant())) : to;
            if (Files.exists(file)) {
                throw new VaultException(file + " already exists. Choose another name, or a folder.", null);
            }
            if (file.toAbsolutePath()
                    .normalize()
                    .startsWith(data.toAbsolutePath().normalize())) {
                throw new VaultException(
                        "The backup cannot be inside the data folder. Choose a place outside it.", null);
            }
            List<Path> files = new DataFolder(copy).files(DataFolder.Operation.BACKUP);
            if (files.isEmpty()) {
                throw new VaultException("Nothing to back up: " + data + " is empty.", null);
            }
            SealedFile.Contents sealed = SealedFile.write(copy, files, file, secret, clock, progress);
            Made made = new Made(
                    clock.instant(),
                    file.toAbsolutePath().normalize().toString(),
                    sealed.digests().size(),
                    sealed.bytes());
            Files.writeString(
                    data.resolve(LIST),
                    JsonMapper.shared().writeValueAsString(made) + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
            PrivateFiles.tighten(data.resolve(LIST));
            return made;
        } catch (IOException e) {
            throw new VaultException("Cannot make the backup: " + e.getMessage() + ".", e);
        }
    }

    /** The backups made of this folder, oldest first. They may have been moved since. */
    public List<Made> all() {
        Path list = data.resolve(LIST);
        if (!Files.exists(list)) {
            return List.of();
        }
        try (Stream<String> lines = Files.lines(list)) {
            return lines.filter(line -> !line.isBlank())
                    .map(line -> JsonMapper.shared().readValue(line, Made.class))
                    .toList();
        } catch (IOException | JacksonException e) {
            throw new VaultException("Cannot read " + list + ": " + e.getMessage() + ". Remove the file.", e);
        }
    }
}
