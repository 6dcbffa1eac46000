package org.avatarengine.app.services;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.avatarengine.app.print.Display;
import org.avatarengine.app.print.Quantities;
import org.avatarengine.app.print.ReaderLocale;
import org.avatarengine.files.FileTree;
import org.avatarengine.graph.Compaction;
import org.avatarengine.usage.Ledger;
import org.avatarengine.vault.DataFolder.Content;
import org.avatarengine.vault.InUse;
import org.avatarengine.vault.TraceSearch;
import org.jspecify.annotations.Nullable;

/** Removes the traces of deleted data from all files of the data folder: graph, ledger and temporary files. */
public final class Purge {
    /** The part of Neo4j's folder with its own logs, which can quote statements. */
    private static final String LOGS = "logs";

    /**
     * The outcome.
     *
     * @param passages the number of passages of deleted texts that were searched for
     * @param files the number of files that were searched
     * @param found the files that still contain one, relative to the data folder
     * @param sources the imported files in the data folder that contain one; they are not changed
     */
    public record Purged(
            long nodes,
            long relationships,
            long bytesBefore,
            long bytesAfter,
            int passages,
            int files,
            List<String> found,
            List<String> sources) {
        /** Lines to show to the user. */
        public String describe() {
            String done = String.format(
                    ReaderLocale.get(),
                    "Rewrote the store without deleted data (%s, before %s).",
                    Quantities.size(bytesAfter),
                    Quantities.size(bytesBefore));
            if (passages == 0) {
                return done;
            }
            String searched = String.format(
                    ReaderLocale.get(),
                    "%n%,d files were searched for the deleted texts (%,d different passages): ",
                    files,
                    passages);
            return done
                    + searched
                    + (found.isEmpty() ? "none was found." : "found in " + String.join(", ", found) + ".")
                    + (sources.isEmpty()
                            ? ""
                            : String.format("%nImported files still contain them: ") + String.join(", ", sources)
                                    + ".");
        }
    }

    private final Services services;

    public Purge(Services services) {
        this.services = services;
    }

    /** Why the traces cannot be removed now, and what to do; null when they can. */
    public @Nullable String obstacle() {
        if (services.usesServer()) {
            return "Traces of deleted data can remain in the files of the Neo4j server. Copy the database with"
                    + " `neo4j-admin database copy` to remove them; see docs/security.md.";
        }
        if (services.context().engine() != null) {
            return "Traces of deleted data remain in the store's files while other commands are running. Run"
                    + " `avatar compact` when they have ended.";
        }
        if (Serving.running(services.data().path()) != null) {
            return "Traces of deleted data remain in the store's files while `avatar serve` is running. Stop it and run"
                    + " `avatar compact`.";
        }
        return null;
    }

    /**
     * Removes the traces. No other process may use the data.
     *
     * @param search what to search for afterwards
     */
    public Purged run(TraceSearch search, Display progress, BooleanSupplier stop) throws IOException {
        Path graph = services.data().at(Content.GRAPH);
        try (InUse _ = services.requireNobodyElse()) {
            Compaction.Compacted done = new Compaction(graph).run(progress, stop);
            if (Files.exists(services.data().at(Content.LEDGER))) {
                try (Ledger ledger = services.openLedger()) {
                    ledger.compact();
                }
            }
            FileTree.delete(graph.resolve(LOGS));
            FileTree.delete(services.data().at(Content.WORK));
            TraceSearch.Searched searched = search.in(services.data().path());
            Map<Boolean, List<String>> found = searched.found().stream()
                    .map(file -> services.data().path().relativize(file))
                    .sorted()
                    .collect(Collectors.partitioningBy(
                            file -> file.startsWith(Content.MESSAGES.fileName()),
                            Collectors.mapping(Path::toString, Collectors.toList())));
            return new Purged(
                    done.nodes(),
                    done.relationships(),
                    done.bytesBefore(),
                    done.bytesAfter(),
                    search.size(),
                    searched.files(),
                    found.getOrDefault(false, List.of()),
                    found.getOrDefault(true, List.of()));
        } finally {
            progress.done();
        }
    }
}
