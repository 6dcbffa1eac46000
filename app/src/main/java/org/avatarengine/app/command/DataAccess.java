package org.avatarengine.app.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.avatarengine.app.services.AvatarCommand;
import org.avatarengine.app.services.DataUse;
import org.avatarengine.app.services.InputException;
import org.avatarengine.app.services.Services;
import org.avatarengine.app.services.WorksLocked;
import org.avatarengine.failure.VaultException;
import org.avatarengine.vault.DataFolder;
import org.avatarengine.vault.InUse;
import org.avatarengine.vault.Ownership;
import org.avatarengine.vault.Restore;
import org.avatarengine.vault.Vault;
import org.jspecify.annotations.Nullable;

/** Makes sure, before a command runs, that the data folder is what the command needs. */
final class DataAccess {
    /** Names that differ in more characters are not taken for a mistyped one. */
    private static final int MOST_TYPOS = 3;

    private final AvatarCommand command;
    private final Services services;

    DataAccess(AvatarCommand command) {
        this.command = command;
        this.services = command.services();
    }

    /**
     * Prepares the data folder.
     *
     * @param name the name of the command, or of its subcommand
     * @return whether the folder was created
     * @throws InputException when the store is locked, or there is no data and the command needs some
     * @throws VaultException when the folder holds files of other programs, or cannot be used
     */
    boolean prepare(String name) {
        DataUse use = command.dataUse(name);
        Ownership ownership = services.ownership();
        if (use == DataUse.NONE) {
            if (!(command instanceof WorksLocked) && ownership.state() == Ownership.State.OWNED) {
                requireUnlocked();
            }
            return false;
        }
        completeRestore();
        if (use == DataUse.EXISTING && !services.usesServer()) {
            if (ownership.state() == Ownership.State.EMPTY) {
                throw noData();
            }
            ownership.require();
        } else if (ownership.claim(Clock.systemUTC())) {
            return true;
        }
        requireUnlocked();
        return false;
    }

    private void requireUnlocked() {
        if (!(command instanceof WorksLocked) && new Vault(services.data().path()).isLocked()) {
            throw new InputException("The store is locked. Run `avatar unlock` first.");
        }
    }

    /** Finishes a restore whose process died while it put the new data in place. */
    private void completeRestore() {
        Restore restore = new Restore(services.data());
        if (!restore.isInterrupted()) {
            return;
        }
        try (InUse _ = InUse.alone(services.data().path())) {
            restore.complete();
            command.err().println("The interrupted restore is now complete.");
        } catch (IOException e) {
            throw new VaultException(
                    "The interrupted restore cannot be completed: " + e.getMessage()
                            + ". Free disk space or check the permissions, and run the command again.",
                    e);
        }
    }

    private InputException noData() {
        Path folder = services.data().path();
        Path similar = similar(folder);
        return new InputException("There is no data in " + folder + ". "
                + (similar != null
                        ? "Did you mean --data " + similar + "?"
                        : "Import your messages with `avatar import`, or try `avatar demo`."));
    }

    /** A data folder that the user may have meant: the folder within or around, or one with a similar name. */
    private static @Nullable Path similar(Path folder) {
        Path whole = folder.toAbsolutePath().normalize();
        Path parent = whole.getParent();
        List<Path> candidates = new ArrayList<>();
        if (parent != null) {
            String name = String.valueOf(whole.getFileName());
            LevenshteinDistance distance = new LevenshteinDistance(MOST_TYPOS);
            children(parent).stream()
                    .filter(other -> distance.apply(name, String.valueOf(other.getFileName())) >= 0)
                    .sorted(Comparator.comparing(other -> distance.apply(name, String.valueOf(other.getFileName()))))
                    .forEach(candidates::add);
            candidates.add(parent);
        }
        candidates.addAll(children(whole));
        return candidates.stream().filter(DataAccess::holdsData).findFirst().orElse(null);
    }

    private static boolean holdsData(Path folder) {
        try {
            return new Ownership(new DataFolder(folder)).state() == Ownership.State.OWNED;
        } catch (VaultException e) {
            return false; // it cannot be read, so it is no suggestion
        }
    }

    private static List<Path> children(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            return List.of(); // it cannot be read, so it holds no suggestion
        }
    }
}
