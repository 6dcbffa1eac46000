package org.avatarengine.speech.recording;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.avatarengine.failure.MediaException;
import org.avatarengine.files.FileTree;
import org.avatarengine.files.PrivateFiles;
import org.avatarengine.files.WholeFile;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The folders of recordings. Each contains the original and the results, with access for its owner only. */
public final class RecordingStore {
    static final String RECORDING = "recording.json";

    /** The transcript so far, chunk by chunk. */
    static final String WORDS = "words.jsonl";

    /** The number of characters of the SHA-256 in a folder's name. */
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
        PrivateFiles.folder(folder);
        PrivateFiles.tighten(root);
        PrivateFiles.tighten(folder);
        return folder;
    }

    /** Writes a value; the file is replaced completely or not at all. */
    static void write(Path file, Object value) throws IOException {
        WholeFile.write(
                file, JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsBytes(value));
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

    /** All processed recordings, newest first. */
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

    /** The recording with an id, the beginning of an id, or a title. */
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
                        + "\". Run `avatar recordings list` to see all recordings.",
                null);
    }

    /** Deletes the results of a recording, so that it is processed again; the original is kept. */
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

    /** Stores a changed recording. */
    public void save(Recording recording) {
        try {
            write(folder(recording.id()).resolve(RECORDING), recording);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Removes the words of a speaker from the stored results. The original, which contains the voice, is kept.
     *
     * @return the recording without these words
     */
    public Recording leaveOut(Recording recording, String speaker) {
        // The recording is read again, because another speaker's words may have been removed meanwhile.
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

    /** Deletes a recording with its original. */
    public void delete(String id) {
        try {
            FileTree.delete(folder(id));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
