package org.avatarengine.vault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.avatarengine.failure.VaultException;
import org.avatarengine.progress.Progress;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Encrypted copies of a data folder, and the way back. Nobody may work in the folder meanwhile, unless a {@link LiveCopy}
 * is taken of it.
 */
public final class Backup {
    /** What a backup's name ends with. */
    public static final String SUFFIX = ".avatar";

    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern(
                    "'avatar-'yyyyMMdd-HHmmss'" + SUFFIX + "'")
            .withZone(ZoneOffset.UTC);
    private static final String LIST = "backups.jsonl";

    /** What is made again from other things, or belongs to a running process. */
    private static final Set<String> LEFT = Set.of("tools", "work", "serving.json", "open.html");

    /** A backup that was made. */
    public record Made(Instant at, String file, int files, long bytes) {}

    private final Path data;

    /** @param data the data folder */
    public Backup(Path data) {
        this.data = data;
    }

    /**
     * Makes a backup and reads it back.
     *
     * @param to a file that does not exist, or a folder, in which it gets a name by its time
     * @throws VaultException when it could not be made; nothing is then at its place
     */
    public Made make(Path to, Secret secret, Clock clock, Progress progress) {
        return make(data, to, secret, clock, progress);
    }

    /**
     * Makes a backup of a copy that was taken of the folder while somebody worked in it.
     *
     * @see LiveCopy
     */
    public Made make(Path copy, Path to, Secret secret, Clock clock, Progress progress) {
        try {
            Path file = Files.isDirectory(to) ? to.resolve(NAME.format(clock.instant())) : to;
            if (Files.exists(file)) {
                throw new VaultException(file + " exists. Give another name, or a folder.", null);
            }
            if (file.toAbsolutePath()
                    .normalize()
                    .startsWith(data.toAbsolutePath().normalize())) {
                throw new VaultException("A backup within the data folder is none. Give a place outside of it.", null);
            }
            List<Path> files = files(copy);
            if (files.isEmpty()) {
                throw new VaultException("There is nothing in " + data + " to back up.", null);
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
            throw new VaultException("The backup could not be made: " + e.getMessage() + ".", e);
        }
    }

    /** What of a data folder belongs into a backup. */
    static List<Path> files(Path data) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path one : Vault.files(data)) {
            if (!LEFT.contains(data.relativize(one).getName(0).toString())) {
                files.add(one);
            }
        }
        return files;
    }

    /** The backups that were made of this folder, the oldest first. Where they are now is not known. */
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
            throw new VaultException(list + " cannot be read: " + e.getMessage() + ". Remove it.", e);
        }
    }

    /**
     * Puts what a backup holds in place of what is in the data folder. That is kept until all is in place.
     *
     * @param replace whether there may be something
     * @throws VaultException when it could not be done; the folder is then as it was
     */
    public void restore(Path from, Secret secret, boolean replace, Progress progress) {
        Path fresh = sibling(".restoring");
        Path old = sibling(".replaced");
        try {
            if (!replace && Files.isDirectory(data) && !Vault.files(data).isEmpty()) {
                throw new VaultException(
                        data + " is not empty. Say --replace to put the backup in place of what is there, or give"
                                + " another --data.",
                        null);
            }
            Vault.delete(fresh);
            SealedFile.extract(from, secret, fresh, progress);
            Vault.delete(old);
            boolean there = Files.exists(data);
            if (there) {
                Files.move(data, old);
            }
            try {
                Files.move(fresh, data);
            } catch (IOException e) {
                if (there) {
                    Files.move(old, data);
                }
                throw e;
            }
            Vault.delete(old);
        } catch (IOException e) {
            throw new VaultException(from + " could not be restored: " + e.getMessage() + ".", e);
        } finally {
            Vault.removeQuietly(fresh);
        }
    }

    private Path sibling(String suffix) {
        Path whole = data.toAbsolutePath().normalize();
        return whole.resolveSibling(whole.getFileName() + suffix);
    }
}
