package org.avatarengine.graph;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.avatarengine.failure.GraphException;
import org.avatarengine.files.FileTree;
import org.avatarengine.progress.Progress;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites an embedded graph, so that its files contain only what is in the graph. Neo4j marks deleted data as free
 * and overwrites it some time; until then it remains in the store's files, in the indexes and in the transaction log.
 *
 * <p>The new files are written beside the old ones. When they are complete, the old ones are moved aside, the new ones
 * take their place, and the indexes are built. The old files are deleted when the new graph has opened with the same
 * number of nodes and relationships. If the process dies, {@link #complete} continues at the next start: before the new
 * files are complete, the old graph is unchanged.
 */
public final class Compaction {
    /** New files that are not complete. */
    private static final String WRITING = "compacting";

    /** New files that are complete. */
    private static final String WRITTEN = "compacted";

    /** The old files, until the new graph has been opened. */
    private static final String OLD = "replaced";

    /** The folders that hold the files of the store. */
    static final List<String> PARTS = List.of("data/databases", "data/transactions");

    /** A copy of a damaged store, which is read instead of the store itself. */
    private static final String DAMAGED = "repairing";

    /** Files that Neo4j makes again when they are missing: indexes, counts, free lists, and the locks. */
    private static final Predicate<Path> DERIVED = file -> StreamSupport.stream(file.spliterator(), false)
                    .anyMatch(part -> part.toString().equals("schema"))
            || file.getFileName()
                    .toString()
                    .matches("neostore\\.(counts|indexstats|relationshipgroup\\.degrees).*|store_lock|database_lock");

    /**
     * The outcome.
     *
     * @param nodes the number of nodes in the graph
     * @param relationships the number of relationships in the graph
     * @param bytesBefore the size of the store's files before
     * @param bytesAfter the size after
     */
    public record Compacted(long nodes, long relationships, long bytesBefore, long bytesAfter) {}

    private final Path folder;

    /** @param folder the graph's folder; no other process may use it meanwhile */
    public Compaction(Path folder) {
        this.folder = folder;
    }

    /**
     * Rewrites the graph.
     *
     * @param stop checked between chunks; true ends the work and leaves the graph as it is
     * @throws GraphException when the disk is full or another process uses the graph; the graph is then unchanged
     */
    public Compacted run(Progress progress, BooleanSupplier stop) {
        long before;
        StoreCopy.Counts counts;
        try {
            before = size();
            FileTree.delete(folder.resolve(WRITING));
            try (EmbeddedGraph graph = EmbeddedGraph.open(folder)) {
                counts = StoreCopy.Counts.of(graph);
                copy(graph, counts, progress, stop);
            }
            Files.move(folder.resolve(WRITING), folder.resolve(WRITTEN));
        } catch (IOException e) {
            throw new StoreFolder(folder).notStored(e);
        }
        progress.at("building indexes", counts.nodes(), counts.nodes());
        // Opening puts the new files into their place, builds the indexes, and removes the old files.
        try (EmbeddedGraph graph = EmbeddedGraph.open(folder)) {
            Schema.migrate(graph);
            graph.awaitIndexes();
            DeletedData.clear(graph);
            StoreCopy.Counts now = StoreCopy.Counts.of(graph);
            if (!now.equals(counts)) {
                throw new GraphException(
                        "The rewritten graph is not the same as before (" + now + " instead of " + counts + ").", null);
            }
        }
        try {
            return new Compacted(counts.nodes(), counts.relationships(), before, size());
        } catch (IOException e) {
            throw new StoreFolder(folder).notStored(e);
        }
    }

    private void copy(EmbeddedGraph graph, StoreCopy.Counts counts, Progress progress, BooleanSupplier stop)
            throws IOException {
        Path home = folder.resolve(WRITING);
        try {
            StoreCopy.all(graph, home, counts, progress, stop);
        } catch (Exception e) {
            FileTree.delete(home);
            if (stop.getAsBoolean()) {
                throw new GraphException("Stopped. The store was not changed.", e);
            }
            throw new StoreFolder(folder).notStored(e);
        }
    }

    /**
     * What can be read of a damaged store.
     *
     * @param nodes the number of nodes that can be read
     * @param relationships the number of relationships between them that can be read
     * @param unreadable the number of nodes and relationships that cannot be read
     */
    public record Salvaged(long nodes, long relationships, long unreadable) {}

    /**
     * Copies what can be read of a damaged store, and leaves the store as it is. {@link #useSalvaged} then puts the copy
     * into its place.
     *
     * @return null if nothing can be read
     */
    public @Nullable Salvaged salvage(Progress progress) {
        Path copy = folder.resolve(DAMAGED);
        try {
            FileTree.delete(folder.resolve(WRITING));
            FileTree.delete(copy);
            for (String part : PARTS) {
                FileTree.copy(folder.resolve(part), copy.resolve(part), file -> !DERIVED.test(file));
            }
            Salvaged salvaged;
            try (EmbeddedGraph graph = EmbeddedStart.openDamaged(copy)) {
                salvaged = graph == null ? null : StoreCopy.readable(graph, folder.resolve(WRITING), progress);
            }
            FileTree.delete(copy);
            return salvaged;
        } catch (IOException e) {
            throw new StoreFolder(folder).notStored(e);
        }
    }

    /** Puts the salvaged copy into the place of the damaged store. */
    public void useSalvaged() {
        try {
            Files.move(folder.resolve(WRITING), folder.resolve(WRITTEN));
            complete(folder);
            try (EmbeddedGraph graph = EmbeddedGraph.open(folder)) {
                Schema.migrate(graph);
                graph.awaitIndexes();
            }
        } catch (IOException e) {
            throw new StoreFolder(folder).notStored(e);
        }
    }

    private long size() throws IOException {
        long bytes = 0;
        for (String part : PARTS) {
            bytes += FileTree.bytes(folder.resolve(part));
        }
        return bytes;
    }

    /**
     * Puts complete new files into their place, and removes incomplete ones. Does nothing if there are none.
     *
     * @throws IOException when a file cannot be moved; another call continues
     */
    static void complete(Path folder) throws IOException {
        Path written = folder.resolve(WRITTEN);
        Path old = folder.resolve(OLD);
        if (Files.isDirectory(written)) {
            for (String part : PARTS) {
                Path fresh = written.resolve(part).resolve(EmbeddedGraph.DATABASE);
                Path place = folder.resolve(part).resolve(EmbeddedGraph.DATABASE);
                if (Files.isDirectory(fresh)) {
                    Path aside = old.resolve(part).resolve(EmbeddedGraph.DATABASE);
                    if (Files.isDirectory(place)) {
                        FileTree.delete(aside);
                        Files.createDirectories(aside.getParent());
                        Files.move(place, aside);
                    }
                    Files.move(fresh, place);
                }
            }
            FileTree.delete(written);
        }
        FileTree.delete(folder.resolve(WRITING));
    }

    /** Whether a compaction was begun and has not been finished. */
    static boolean isLeft(Path folder) {
        return Files.isDirectory(folder.resolve(WRITING)) || Files.isDirectory(folder.resolve(WRITTEN));
    }

    /** Whether the files that a compaction replaced are still there. */
    static boolean hasReplaced(Path folder) {
        return Files.isDirectory(folder.resolve(OLD));
    }

    /** Puts the replaced files back, because the new graph does not open. */
    static void undo(Path folder) throws IOException {
        for (String part : PARTS) {
            Path aside = folder.resolve(OLD).resolve(part).resolve(EmbeddedGraph.DATABASE);
            Path place = folder.resolve(part).resolve(EmbeddedGraph.DATABASE);
            if (Files.isDirectory(aside)) {
                FileTree.delete(place);
                Files.move(aside, place);
            }
        }
        FileTree.delete(folder.resolve(OLD));
    }

    /** Deletes the replaced files, because the new graph has opened. */
    static void removeReplaced(Path folder) throws IOException {
        FileTree.delete(folder.resolve(OLD));
    }
}
