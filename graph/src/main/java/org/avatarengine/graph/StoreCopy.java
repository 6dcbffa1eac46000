package org.avatarengine.graph;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
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
 * Copies the nodes and relationships of a graph into a new store, by Neo4j's offline importer: all of them, or those of a
 * damaged graph that can be read. The node with the schema's version is left out, so that the new graph gets its indexes
 * when it opens.
 */
final class StoreCopy {
    private static final int CHUNK = 1000;

    /** Typical sizes, which only set the size of buffers. */
    private static final int PROPERTIES_OF_NODE = 6;

    private static final int BYTES_OF_NODE = 200;

    /** The numbers of nodes and relationships. */
    record Counts(long nodes, long relationships) {
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

    private StoreCopy() {}

    /**
     * Copies everything.
     *
     * @param home the Neo4j home of the new store
     * @throws IOException when the copy is not complete
     */
    static void all(EmbeddedGraph graph, Path home, Counts counts, Progress progress, BooleanSupplier stop)
            throws Exception {
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
        }
    }

    /** Copies what can be read. Returns null if that is nothing. */
    static Compaction.@Nullable Salvaged readable(EmbeddedGraph graph, Path home, Progress progress) {
        Counts most = new Counts(graph.highest(false), graph.highest(true));
        try (Transaction transaction = graph.begin()) {
            Numbering numbers = new Numbering();
            long[] unreadable = new long[1];
            OfflineImport.write(
                    home,
                    graph.pages(),
                    input(
                            () -> new ReadableNodes(transaction, numbers, most, progress, unreadable),
                            () -> new ReadableLinks(transaction, numbers, most, unreadable),
                            most));
            return numbers.next == 0 ? null : new Compaction.Salvaged(numbers.next, numbers.links, unreadable[0]);
        } catch (Exception e) {
            return null; // the importer met something that it cannot write
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
    private static final class Chunk<T> implements InputChunk {
        private final BiConsumer<T, InputEntityVisitor> give;
        private List<T> entities = List.of();
        private int at;

        Chunk(BiConsumer<T, InputEntityVisitor> give) {
            this.give = give;
        }

        void fill(List<T> next) {
            entities = next;
            at = 0;
        }

        @Override
        public boolean next(InputEntityVisitor out) throws IOException {
            if (at == entities.size()) {
                return false;
            }
            give.accept(entities.get(at++), out);
            out.endOfEntity();
            return true;
        }

        @Override
        public void close() {
            entities = List.of();
        }
    }

    private static void give(CopiedNode node, InputEntityVisitor out) {
        out.id(node.number);
        out.labels(node.labels);
        node.properties.forEach((name, value) -> out.property(name, value, false));
    }

    private static void give(CopiedLink link, InputEntityVisitor out) {
        out.startId(link.from);
        out.endId(link.to);
        out.type(link.type);
        link.properties.forEach((name, value) -> out.property(name, value, false));
    }

    /**
     * Reads entities in chunks. The importer's threads ask for chunks at the same time, but a transaction serves one
     * thread at a time, so entities are read completely under a lock.
     */
    private abstract static class Reader<E, T> implements InputIterator {
        private final Iterator<E> entities;
        private final BiConsumer<T, InputEntityVisitor> give;
        private final BooleanSupplier stop;

        Reader(Iterator<E> entities, BiConsumer<T, InputEntityVisitor> give, BooleanSupplier stop) {
            this.entities = entities;
            this.give = give;
            this.stop = stop;
        }

        /** A copy of an entity; null to leave it out. */
        abstract @Nullable T copy(E entity);

        /** Shows progress after a chunk. */
        void copied() {}

        @Override
        public InputChunk newChunk() {
            return new Chunk<>(give);
        }

        @Override
        @SuppressWarnings("unchecked") // the importer passes the chunks that it got here
        public synchronized boolean next(InputChunk chunk) throws IOException {
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
            ((Chunk<T>) chunk).fill(some);
            copied();
            return !some.isEmpty();
        }

        @Override
        public void close() {
            // The transaction is closed by its owner.
        }
    }

    private static final class Nodes extends Reader<Node, CopiedNode> {
        private final Numbering numbers;
        private final Counts counts;
        private final Progress progress;

        Nodes(Transaction transaction, Numbering numbers, Counts counts, Progress progress, BooleanSupplier stop) {
            super(transaction.getAllNodes().stream().filter(Nodes::isKept).iterator(), StoreCopy::give, stop);
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
        void copied() {
            progress.at("rewriting the store", Math.min(numbers.next, counts.nodes), counts.nodes);
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
            super(LongStream.range(0, most.nodes).iterator(), StoreCopy::give, () -> false);
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
        void copied() {
            progress.at("reading the damaged store", Math.min(numbers.next, most.nodes), most.nodes);
        }
    }

    /** Relationships by number, leaving out those that cannot be read or lead to a node that cannot be read. */
    private static final class ReadableLinks extends Reader<Long, CopiedLink> {
        private final Transaction transaction;
        private final Numbering numbers;
        private final long[] unreadable;

        ReadableLinks(Transaction transaction, Numbering numbers, Counts most, long[] unreadable) {
            super(LongStream.range(0, most.relationships).iterator(), StoreCopy::give, () -> false);
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
    }

    private static final class Links extends Reader<Relationship, CopiedLink> {
        private final Numbering numbers;

        Links(Transaction transaction, Numbering numbers, BooleanSupplier stop) {
            super(transaction.getAllRelationships().iterator(), StoreCopy::give, stop);
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
    }

    /** The number is needed as an index; the text form would be a map with an entry per node. */
    @SuppressWarnings("removal")
    private static long numericId(Node node) {
        return node.getId();
    }
}
