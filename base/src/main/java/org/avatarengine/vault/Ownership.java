package org.avatarengine.vault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.avatarengine.failure.VaultException;
import org.avatarengine.files.PrivateFiles;
import org.avatarengine.files.WholeFile;
import org.avatarengine.vault.DataFolder.Content;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whether a folder holds this program's data. A folder gets a marker file when data is first stored in it. No command
 * changes or deletes anything in a folder that holds other files and has no marker. A folder of an earlier version has
 * none; it is recognized by its graph, or by being locked.
 */
public final class Ownership {
    /** The version of the folder's layout that this program writes. */
    static final int FORMAT = 1;

    /** Where Neo4j keeps its stores in the folder of the graph. */
    private static final String STORES = "data/databases";

    private static final int NAMES_SHOWN = 3;

    private final DataFolder data;

    public Ownership(DataFolder data) {
        this.data = data;
    }

    /** Who a folder belongs to. */
    public enum State {
        /** There is no such folder, or nothing in it. */
        EMPTY,
        /** It holds this program's data. */
        OWNED,
        /** It holds files of other programs, and no data of this one. */
        FOREIGN
    }

    /**
     * The content of the marker file.
     *
     * @param id a random identifier, which a copy of the folder shares
     * @param format the version of the folder's layout
     * @param created when data was first stored
     */
    public record Marker(String id, int format, Instant created) {}

    /**
     * The state of the folder.
     *
     * @throws VaultException when a newer version of this program made the folder, or the folder cannot be read
     */
    public State state() {
        try {
            Path folder = data.path();
            if (Files.exists(folder) && !Files.isDirectory(folder)) {
                throw new VaultException(folder + " is a file. Give a folder with --data.", null);
            }
            Marker marker = marker();
            if (marker != null) {
                if (marker.format > FORMAT) {
                    throw new VaultException(
                            "A newer version of Avatar Engine made the data in " + folder + ". Update the program.",
                            null);
                }
                return State.OWNED;
            }
            if (isUnmarked()) {
                return State.OWNED;
            }
            return entries().isEmpty() ? State.EMPTY : State.FOREIGN;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** The marker; null when there is none. */
    public @Nullable Marker marker() throws IOException {
        Path file = data.at(Content.MARKER);
        if (!Files.isRegularFile(file)) {
            return null;
        }
        try {
            return JsonMapper.shared().readValue(Files.readString(file), Marker.class);
        } catch (JacksonException e) {
            throw new VaultException(
                    file + " is damaged. If this folder holds your data, delete that file and run the command again.",
                    e);
        }
    }

    /** Whether the folder was made by a version that wrote no marker. */
    private boolean isUnmarked() {
        DataFolder demo = new DataFolder(data.at(Content.DEMO));
        return Files.isDirectory(data.at(Content.GRAPH).resolve(STORES))
                || Files.isDirectory(demo.at(Content.GRAPH).resolve(STORES))
                || new Vault(data.path()).isLocked();
    }

    /**
     * Marks the folder as this program's own and creates it if necessary, with access for the owner only.
     *
     * @return whether it is new
     * @throws VaultException when it holds files of other programs and no data of this one, or cannot be written
     */
    public boolean claim(Clock clock) {
        State state = state();
        if (state == State.FOREIGN) {
            throw foreignFolder();
        }
        try {
            if (marker() != null) {
                return false;
            }
            PrivateFiles.folder(data.path());
            if (state == State.EMPTY) {
                PrivateFiles.tighten(data.path());
            }
            Marker made = new Marker(UUID.randomUUID().toString(), FORMAT, clock.instant());
            WholeFile.write(data.at(Content.MARKER), JsonMapper.shared().writeValueAsString(made) + "\n");
            return state == State.EMPTY;
        } catch (IOException e) {
            throw new VaultException(
                    "Cannot create the data folder " + data.path() + ": " + e.getMessage()
                            + ". Choose another folder with --data.",
                    e);
        }
    }

    /**
     * Checks that the folder holds this program's data.
     *
     * @throws VaultException when it does not
     */
    public void require() {
        if (state() != State.OWNED) {
            throw state() == State.FOREIGN
                    ? foreignFolder()
                    : new VaultException("There is no data in " + data.path() + ".", null);
        }
    }

    /** Removes a folder that {@link #claim} created and in which nothing was stored. */
    public void abandon() {
        try {
            List<String> names = entries();
            if (Set.of(Content.MARKER.fileName()).equals(Set.copyOf(names))) {
                Files.delete(data.at(Content.MARKER));
                Files.deleteIfExists(data.at(Content.IN_USE));
                Files.delete(data.path());
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** The names in the folder that are not this program's, sorted. They are never changed. */
    public List<String> foreign() {
        return names().stream()
                .filter(name -> DataFolder.contentOf(name) == null && !isTransient(name))
                .toList();
    }

    /** Why a folder without a marker is not taken for a data folder: the names of what it holds, foreign ones if any. */
    public List<String> unexpected() {
        List<String> foreign = foreign();
        return foreign.isEmpty() ? names() : foreign;
    }

    /** Whether an entry is left by an operation on the whole folder, finished or not. */
    private static boolean isTransient(String name) {
        return Vault.NAMES.contains(name) || name.equals(Reset.ASIDE) || Restore.NAMES.contains(name);
    }

    private List<String> names() {
        try {
            return entries();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private List<String> entries() throws IOException {
        if (!Files.isDirectory(data.path())) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(data.path())) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> !name.equals(Content.IN_USE.fileName()))
                    .sorted()
                    .toList();
        }
    }

    private VaultException foreignFolder() {
        List<String> names = unexpected();
        String some = names.stream().limit(NAMES_SHOWN).collect(Collectors.joining(", "));
        return new VaultException(
                data.path() + " is not a data folder: it holds other files (" + some
                        + (names.size() > NAMES_SHOWN ? ", …" : "") + "). Choose an empty or new folder with --data.",
                null);
    }

    private VaultException unreadable(IOException e) {
        return new VaultException("Cannot read the data folder " + data.path() + ": " + e.getMessage() + ".", e);
    }
}
