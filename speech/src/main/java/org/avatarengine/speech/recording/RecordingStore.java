package org.avatarengine.speech.recording;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.avatarengine.failure.MediaException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The folders of recordings: each holds its original and what was made of it, readable by its owner only. */
public final class RecordingStore {
    static final String RECORDING = "recording.json";

    /** What was heard, chunk by chunk. */
    static final String WORDS = "words.jsonl";

    /** Characters of the SHA-256 that name a folder. */
    private static final int NAME = 16;

    private final Path root;

    public RecordingStore(Path root) {
        this.root = root;
    }

    /** The folder of a recording. */
    public Path folder(String id) {
        return root.resolve(id);
    }

    static String id(String sha256) {
        return sha256.substring(0, NAME);
    }

    Path create(String id) throws IOException {
        Path folder = folder(id);
        Files.createDirectories(folder);
        if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
        return folder;
    }

    /** Writes a value so that the file is there whole or as it was. */
    static void write(Path file, Object value) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(
                part, JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(value));
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    static <T> @Nullable T read(Path file, Class<T> type) throws IOException {
        if (!Files.exists(file)) {
            return null;
        }
        try {
            return JsonMapper.shared().readValue(Files.readString(file), type);
        } catch (JacksonException e) {
            throw new MediaException(file + " is damaged: delete it and import the recording again.", e);
        }
    }

    /** All recordings that were listened to, the newest first. */
    public List<Recording> all() {
        List<Recording> all = new ArrayList<>();
        if (Files.isDirectory(root)) {
            try (DirectoryStream<Path> folders = Files.newDirectoryStream(root)) {
                for (Path folder : folders) {
                    Recording recording = read(folder.resolve(RECORDING), Recording.class);
                    if (recording != null) {
                        all.add(recording);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        all.sort(Comparator.comparing(Recording::startedAt).reversed().thenComparing(Recording::id));
        return all;
    }

    private @Nullable Recording byId(String id) {
        try {
            return read(folder(id).resolve(RECORDING), Recording.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The recording that is meant by its id, the beginning of it, or its title. */
    public Recording find(String wanted) {
        Recording exact = wanted.matches("[0-9a-f]{" + NAME + "}") ? byId(wanted) : null;
        if (exact != null) {
            return exact;
        }
        List<Recording> near = all().stream()
                .filter(r -> r.id().startsWith(wanted.toLowerCase(Locale.ROOT))
                        || r.title().equalsIgnoreCase(wanted)
                        || r.title().toLowerCase(Locale.ROOT).startsWith(wanted.toLowerCase(Locale.ROOT) + "."))
                .toList();
        if (near.size() == 1) {
            return near.getFirst();
        }
        throw new MediaException(
                (near.isEmpty() ? "There is no recording \"" : "More than one recording is \"") + wanted
                        + "\". See which there are with: avatar recordings list",
                null);
    }

    /** Forgets what was found in a recording, so that it is listened to anew; the original stays. */
    void forget(String id) throws IOException {
        if (Files.isDirectory(folder(id))) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder(id))) {
                for (Path file : files) {
                    if (Files.isRegularFile(file)
                            && !String.valueOf(file.getFileName()).startsWith("original")) {
                        Files.delete(file);
                    }
                }
            }
        }
    }

    /** Keeps what changed of a recording. */
    public void save(Recording recording) {
        try {
            write(folder(recording.id()).resolve(RECORDING), recording);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Takes the words of a speaker out of what is kept of a recording. The original stays, and so does the voice in it.
     *
     * @return the recording without them
     */
    public Recording leaveOut(Recording recording, String speaker) {
        // The recording as it is now: another speaker may have been left out of it since it was read.
        Recording now = find(recording.id());
        Map<String, SpeechStyle> styles = new TreeMap<>(now.styles());
        styles.remove(speaker);
        Recording without = new Recording(
                now.id(),
                now.title(),
                now.sha256(),
                now.original(),
                now.startedAt(),
                now.seconds(),
                now.media(),
                now.transcriber(),
                now.diarizer(),
                now.language(),
                now.turns().stream().filter(t -> !t.speaker().equals(speaker)).toList(),
                now.utterances().stream()
                        .filter(u -> !u.speaker().equals(speaker))
                        .toList(),
                styles,
                now.hints().stream().filter(h -> !h.speaker().equals(speaker)).toList());
        save(without);
        try {
            Files.deleteIfExists(folder(now.id()).resolve(WORDS));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return without;
    }

    /** Deletes a recording, its original with it. */
    public void delete(String id) {
        try {
            Files.walkFileTree(folder(id), new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failed)
                        throws IOException {
                    Files.delete(folder);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
