package org.avatarengine.graph;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import org.avatarengine.failure.GraphException;
import org.avatarengine.files.FileTree;
import org.avatarengine.progress.Progress;
import org.jspecify.annotations.Nullable;
import org.neo4j.batchimport.api.InputIterable;
import org.neo4j.batchimport.api.InputIterator;
import org.neo4j.batchimport.api.input.IdType;
import org.neo4j.batchimport.api.input.Input;
import org.neo4j.batchimport.api.input.InputChunk;
import org.neo4j.batchimport.api.input.InputEntityVisitor;
import org.neo4j.batchimport.api.input.ReadableGroups;
import org.neo4j.graphdb.Label;
import org.neo4j.graphdb.Node;
import org.neo4j.graphdb.NotFoundException;
import org.neo4j.graphdb.Relationship;
import org.neo4j.graphdb.Transaction;

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

    private static final List<String> PARTS = List.of("data/databases", "data/transactions");
    /** A copy of a damaged store, which is read instead of the store itself. */
    private static final String DAMAGED = "repairing";

    private static final List<String> DERIVED_FROM = List.of("data/databases", "data/transactions");

    /** Files that Neo4j makes again when they are missing: indexes, counts, free lists, and the locks. */
    private static final Predicate<Path> DERIVED = file -> StreamSupport.stream(file.spliterator(), false)
                    .anyMatch(part -> part.toString().equals("schema"))
            || file.getFileName()
                    .toString()
                    .matches("neostore\\.(counts|indexstats|relationshipgroup\\.degrees).*|store_lock|database_lock");

    private static final int CHUNK = 1000;

    /** Typical sizes, which only set the size of buffers. */
    private static final int PROPERTIES_OF_NODE = 6;

    private static final int BYTES_OF_NODE = 200;

    /**
     * The outcome.
     *
     * @param nodes the number of nodes in the graph
     * @param relationships the number of relationships in the graph
     * @param bytesBefore the size of the store's files before
     * @param bytesAfter the size after
     */
    public record Compacted(long nodes, long relationships, long bytesBefore, long bytesAfter) {}

    private record Counts(long nodes, long relationships) {
        /** The counts without the node with the schema's version, which is not copied. */
        static Counts of(EmbeddedGraph graph) {
            return new Counts(
                    count(graph, "MATCH (n) RETURN count(n) AS n")
                            - count(graph, "MATCH (s:AvatarSystem {id: 'schema'}) RETURN count(s) AS n"),
                    count(graph, "MATCH ()-[r]->() RETURN count(r) AS n"));
        }

        private static long count(EmbeddedGraph graph, String statement) {
            return graph.read(statement, Map.of()).getFirst().number("n");
        }
    }

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
        Counts counts;
        try {
            before = size();
            FileTree.delete(folder.resolve(WRITING));
            try (EmbeddedGraph graph = EmbeddedGraph.open(folder)) {
                counts = Counts.of(graph);
                copy(graph, counts, progress, stop);
            }
            Files.move(folder.resolve(WRITING), folder.resolve(WRITTEN));
        } catch (IOException e) {
            throw new StoreFolder(folder).notStored(e);
        }
        progress.at("building indexes", counts.nodes, counts.nodes);
        // Opening puts the new files into their place, builds the indexes, and removes the old files.
        try (EmbeddedGraph graph = EmbeddedGraph.open(folder)) {
            Schema.migrate(graph);
            graph.awaitIndexes();
            DeletedData.clear(graph);
            Counts now = Counts.of(graph);
            if (!now.equals(counts)) {
                throw new GraphException(
                        "The rewritten graph is not the same as before (" + now + " instead of " + counts + ").", null);
            }
        }
        try {
            return new Compacted(counts.nodes, counts.relationships, before, size());
        } catch (IOException e) {
            throw new StoreFolder(folder).notStored(e);
        }
    }

    private void copy(EmbeddedGraph graph, Counts counts, Progress progress, BooleanSupplier stop) throws IOException {
        Path home = folder.resolve(WRITING);
        try (Transaction transaction = graph.begin()) {
            Numbering numbers = new Numbering();
            OfflineImport.write(
                    home,
                    graph.pages(),
                    input(
                            () -> new Nodes(transaction, numbers, counts, progress, stop),
                            () -> new Links(transaction, numbers, stop),
                            counts));
            if (numbers.next != counts.nodes || numbers.links != counts.relationships) {
                throw new IOException("the copy is not complete");
            }
        } catch (Exception e) {
            FileTree.delete(home);
            if (stop.getAsBoolean()) {
                throw new GraphException("Stopped. The store was not changed.", e);
            }
            throw new StoreFolder(folder).notStored(e);
        }
    }

    private static Input input(InputIterable nodes, InputIterable links, Counts counts) {
        return Input.input(
                nodes,
                links,
                IdType.ACTUAL,
                Input.knownEstimates(
                        counts.nodes,
                        counts.relationships,
                        PROPERTIES_OF_NODE * counts.nodes,
                        0,
                        BYTES_OF_NODE * counts.nodes,
                        0,
                        counts.nodes),
                ReadableGroups.EMPTY,
                false);
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
            for (String part : DERIVED_FROM) {
                FileTree.copy(folder.resolve(part), copy.resolve(part), file -> !DERIVED.test(file));
            }
            Salvaged salvaged;
            try (EmbeddedGraph graph = EmbeddedGraph.openDamaged(copy)) {
                salvaged = graph == null ? null : salvage(graph, progress);
            }
            FileTree.delete(copy);
            return salvaged;
        } catch (IOException e) {
            throw new StoreFolder(folder).notStored(e);
        }
    }

    private @Nullable Salvaged salvage(EmbeddedGraph graph, Progress progress) {
        Counts most = new Counts(graph.highest(false), graph.highest(true));
        try (Transaction transaction = graph.begin()) {
            Numbering numbers = new Numbering();
            long[] unreadable = new long[1];
            OfflineImport.write(
                    folder.resolve(WRITING),
                    graph.pages(),
                    input(
                            () -> new ReadableNodes(transaction, numbers, most, progress, unreadable),
                            () -> new ReadableLinks(transaction, numbers, most, unreadable),
                            most));
            return numbers.next == 0 ? null : new Salvaged(numbers.next, numbers.links, unreadable[0]);
        } catch (Exception e) {
            return null; // the importer met something that it cannot write
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

    /** The new number of each node by its old one, and the number of relationships. */
    private static final class Numbering {
        private static final int NONE = -1;

        private int[] numbers = new int[1 << 16];
        private int next;
        private long links;

        Numbering() {
            Arrays.fill(numbers, NONE);
        }

        int add(long old) {
            int index = Math.toIntExact(old);
            if (index >= numbers.length) {
                int length = numbers.length;
                numbers = Arrays.copyOf(numbers, Math.max(index + 1, length + (length >> 1)));
                Arrays.fill(numbers, length, numbers.length, NONE);
            }
            numbers[index] = next;
            return next++;
        }

        int find(long old) {
            return old < numbers.length ? numbers[(int) old] : NONE;
        }
    }

    private record CopiedNode(long number, String[] labels, Map<String, Object> properties) {}

    private record CopiedLink(long from, String type, long to, Map<String, Object> properties) {}

    /** Some entities for one of the importer's threads. */
    private abstract static class Chunk<T> implements InputChunk {
        private List<T> entities = List.of();
        private int at;

        void fill(List<T> next) {
            entities = next;
            at = 0;
        }

        @Override
        public boolean next(InputEntityVisitor out) throws IOException {
            if (at == entities.size()) {
                return false;
            }
            give(entities.get(at++), out);
            out.endOfEntity();
            return true;
        }

        abstract void give(T entity, InputEntityVisitor out);

        @Override
        public void close() {
            entities = List.of();
        }
    }

    private static final class NodeChunk extends Chunk<CopiedNode> {
        @Override
        void give(CopiedNode node, InputEntityVisitor out) {
            out.id(node.number);
            out.labels(node.labels);
            node.properties.forEach((name, value) -> out.property(name, value, false));
        }
    }

    private static final class LinkChunk extends Chunk<CopiedLink> {
        @Override
        void give(CopiedLink link, InputEntityVisitor out) {
            out.startId(link.from);
            out.endId(link.to);
            out.type(link.type);
            link.properties.forEach((name, value) -> out.property(name, value, false));
        }
    }

    /**
     * Reads entities in chunks. The importer's threads ask for chunks at the same time, but a transaction serves one
     * thread at a time, so entities are read completely under a lock.
     */
    private abstract static class Reader<E, T> implements InputIterator {
        private final Iterator<E> entities;
        private final BooleanSupplier stop;

        Reader(Iterator<E> entities, BooleanSupplier stop) {
            this.entities = entities;
            this.stop = stop;
        }

        List<T> some() throws IOException {
            if (stop.getAsBoolean()) {
                throw new IOException("stopped");
            }
            List<T> some = new ArrayList<>(CHUNK);
            while (some.size() < CHUNK && entities.hasNext()) {
                T copied = copy(entities.next());
                if (copied != null) {
                    some.add(copied);
                }
            }
            return some;
        }

        /** A copy of an entity; null to leave it out. */
        abstract @Nullable T copy(E entity);

        @Override
        public void close() {
            // The transaction is closed by its owner.
        }
    }

    private static final class Nodes extends Reader<Node, CopiedNode> {
        private final Numbering numbers;
        private final Counts counts;
        private final Progress progress;
        private long done;

        Nodes(Transaction transaction, Numbering numbers, Counts counts, Progress progress, BooleanSupplier stop) {
            super(transaction.getAllNodes().stream().filter(Nodes::isKept).iterator(), stop);
            this.numbers = numbers;
            this.counts = counts;
            this.progress = progress;
        }

        /** The schema's version is left out, so that the new graph gets its indexes when it opens. */
        private static boolean isKept(Node node) {
            return !(node.hasLabel(Label.label("AvatarSystem")) && "schema".equals(node.getProperty("id", null)));
        }

        @Override
        CopiedNode copy(Node node) {
            List<String> labels = new ArrayList<>();
            node.getLabels().forEach(label -> labels.add(label.name()));
            return new CopiedNode(numbers.add(numericId(node)), labels.toArray(String[]::new), node.getAllProperties());
        }

        @Override
        public InputChunk newChunk() {
            return new NodeChunk();
        }

        @Override
        public synchronized boolean next(InputChunk chunk) throws IOException {
            List<CopiedNode> some = some();
            ((NodeChunk) chunk).fill(some);
            done += some.size();
            progress.at("rewriting the store", Math.min(done, counts.nodes), counts.nodes);
            return !some.isEmpty();
        }
    }

    /** Nodes by number, leaving out those that cannot be read. */
    private static final class ReadableNodes extends Reader<Long, CopiedNode> {
        private final Transaction transaction;
        private final Numbering numbers;
        private final Counts most;
        private final Progress progress;
        private final long[] unreadable;

        ReadableNodes(Transaction transaction, Numbering numbers, Counts most, Progress progress, long[] unreadable) {
            super(LongStream.range(0, most.nodes).iterator(), () -> false);
            this.transaction = transaction;
            this.numbers = numbers;
            this.most = most;
            this.progress = progress;
            this.unreadable = unreadable;
        }

        @Override
        @SuppressWarnings({"removal", "deprecation"})
        @Nullable
        CopiedNode copy(Long number) {
            try {
                Node node = transaction.getNodeById(number);
                List<String> labels = new ArrayList<>();
                node.getLabels().forEach(label -> labels.add(label.name()));
                Map<String, Object> properties = node.getAllProperties();
                if (labels.isEmpty() || !properties.containsKey("id")) {
                    unreadable[0]++;
                    return null;
                }
                return Nodes.isKept(node)
                        ? new CopiedNode(numbers.add(number), labels.toArray(String[]::new), properties)
                        : null;
            } catch (NotFoundException e) {
                return null; // the number is not in use
            } catch (RuntimeException e) {
                unreadable[0]++;
                return null;
            }
        }

        @Override
        public InputChunk newChunk() {
            return new NodeChunk();
        }

        @Override
        public synchronized boolean next(InputChunk chunk) throws IOException {
            List<CopiedNode> some = some();
            ((NodeChunk) chunk).fill(some);
            progress.at("reading the damaged store", Math.min(numbers.next, most.nodes), most.nodes);
            return !some.isEmpty();
        }
    }

    /** Relationships by number, leaving out those that cannot be read or lead to a node that cannot be read. */
    private static final class ReadableLinks extends Reader<Long, CopiedLink> {
        private final Transaction transaction;
        private final Numbering numbers;
        private final long[] unreadable;

        ReadableLinks(Transaction transaction, Numbering numbers, Counts most, long[] unreadable) {
            super(LongStream.range(0, most.relationships).iterator(), () -> false);
            this.transaction = transaction;
            this.numbers = numbers;
            this.unreadable = unreadable;
        }

        @Override
        @SuppressWarnings({"removal", "deprecation"})
        @Nullable
        CopiedLink copy(Long number) {
            try {
                Relationship link = transaction.getRelationshipById(number);
                int from = numbers.find(numericId(link.getStartNode()));
                int to = numbers.find(numericId(link.getEndNode()));
                if (from == Numbering.NONE || to == Numbering.NONE) {
                    unreadable[0]++;
                    return null;
                }
                CopiedLink copied = new CopiedLink(from, link.getType().name(), to, link.getAllProperties());
                numbers.links++;
                return copied;
            } catch (NotFoundException e) {
                return null; // the number is not in use
            } catch (RuntimeException e) {
                unreadable[0]++;
                return null;
            }
        }

        @Override
        public InputChunk newChunk() {
            return new LinkChunk();
        }

        @Override
        public synchronized boolean next(InputChunk chunk) throws IOException {
            List<CopiedLink> some = some();
            ((LinkChunk) chunk).fill(some);
            return !some.isEmpty();
        }
    }

    private static final class Links extends Reader<Relationship, CopiedLink> {
        private final Numbering numbers;

        Links(Transaction transaction, Numbering numbers, BooleanSupplier stop) {
            super(transaction.getAllRelationships().iterator(), stop);
            this.numbers = numbers;
        }

        @Override
        CopiedLink copy(Relationship link) {
            numbers.links++;
            return new CopiedLink(
                    numbers.find(numericId(link.getStartNode())),
                    link.getType().name(),
                    numbers.find(numericId(link.getEndNode())),
                    link.getAllProperties());
        }

        @Override
        public InputChunk newChunk() {
            return new LinkChunk();
        }

        @Override
        public synchronized boolean next(InputChunk chunk) throws IOException {
            List<CopiedLink> some = some();
            ((LinkChunk) chunk).fill(some);
            return !some.isEmpty();
        }
    }

    /** The number is needed as an index; the text form would be a map with an entry per node. */
    @SuppressWarnings("removal")
    private static long numericId(Node node) {
        return node.getId();
    }
}
