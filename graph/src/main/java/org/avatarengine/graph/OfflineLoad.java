package org.avatarengine.graph;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.avatarengine.failure.GraphException;
import org.avatarengine.graph.vocabulary.CypherName;
import org.eclipse.collections.impl.set.mutable.primitive.LongHashSet;
import org.neo4j.io.pagecache.PageCache;

/**
 * Fills an empty embedded graph through Neo4j's offline importer, which writes store files without transactions. The
 * database is stopped during the import. Messages go directly to the importer, and links are kept in a file until all
 * nodes are written. The importer cannot change a node that it has written, so such changes are made in a transaction
 * at the end.
 *
 * <p>A marker file exists in the folder until everything is stored. If the process dies, the marker remains, and the
 * next start removes the incomplete store. The graph was empty before, so no data is lost.
 */
final class OfflineLoad implements Graph.Load {
    /** With more nodes, the table of their numbers needs too much memory. */
    private static final int MOST_NODES = 6_000_000;

    /** With more changes to nodes already written, transactions are faster. */
    private static final int MOST_CHANGES = 50_000;

    /**
     * Labels with many nodes, each written once. Nodes with other labels are few and are kept in memory until the end.
     */
    private static final Set<NodeLabel> STREAMED = EnumSet.of(
            NodeLabel.MESSAGE,
            NodeLabel.REACTION,
            NodeLabel.EDIT,
            NodeLabel.ATTACHMENT,
            NodeLabel.APP_CONTENT,
            NodeLabel.GROUP_CHANGE);

    private record Held(long number, Set<String> labels, Map<String, Object> properties) {}

    private record After(BiFunction<GraphTransaction, Applied, Applied> work, Applied stored) {}

    private final EmbeddedGraph graph;
    private final Graph.Load afterwards;
    private final OfflineImport writing;
    private final NodeNumbers numbers = new NodeNumbers();
    /** The numbers of this batch's new nodes. Most links lead to these. */
    private final Map<NodeLabel, Map<String, Long>> inBatch = new EnumMap<>(NodeLabel.class);

    private final Map<NodeLabel, Map<String, Held>> held = new EnumMap<>(NodeLabel.class);
    private final Map<String, Integer> types = new HashMap<>();
    private final LongHashSet lastingLinks = new LongHashSet();
    private final Mutations changes = new Mutations();
    private final List<After> afters = new ArrayList<>();
    private long next;
    private boolean open = true;

    /** @param rows a rough estimate of the number of rows */
    OfflineLoad(EmbeddedGraph graph, long rows) {
        this.graph = graph;
        this.afterwards = new PlainLoad(graph);
        PageCache pages = graph.takeOffline();
        try {
            this.writing = new OfflineImport(graph.folder().path(), pages, rows);
        } catch (RuntimeException e) {
            throw discard(graph.folder().notStored(e));
        }
    }

    @Override
    public Applied store(Mutations data, BiFunction<GraphTransaction, Applied, Applied> after) {
        if (!open) {
            return afterwards.store(data, after);
        }
        try {
            Applied applied = write(data);
            afters.add(new After(after, applied));
            if (next > MOST_NODES || changes.nodes().size() > MOST_CHANGES) {
                finish();
            }
            return applied;
        } catch (RuntimeException | IOException e) {
            throw abandon(e);
        }
    }

    private Applied write(Mutations data) throws IOException {
        long before = next;
        inBatch.values().forEach(Map::clear);
        Map<NodeLabel, Integer> created = new EnumMap<>(NodeLabel.class);
        List<OfflineImport.Node> nodes = new ArrayList<>();
        for (Mutations.Node node : data.nodes()) {
            if (STREAMED.contains(node.label()) ? stream(node, nodes) : hold(node)) {
                created.merge(node.label(), 1, Integer::sum);
            }
        }
        writing.nodes(nodes);
        LongHashSet links = new LongHashSet();
        int unresolved = 0;
        for (Mutations.Link link : data.links()) {
            if (!put(link, before, links)) {
                unresolved++;
            }
        }
        return new Applied(created, unresolved);
    }

    /** Passes a node to the importer if it is new. Returns whether it is new. */
    private boolean stream(Mutations.Node node, List<OfflineImport.Node> out) {
        if (numbers.put(node.label(), node.id(), next) != NodeNumbers.UNKNOWN) {
            changes.nodes().add(node);
            return false;
        }
        inBatch.computeIfAbsent(node.label(), label -> new HashMap<>()).put(node.id(), next);
        out.add(new OfflineImport.Node(next++, labels(node), node.id(), node.properties()));
        return true;
    }

    private static String[] labels(Mutations.Node node) {
        CypherName also = node.also();
        return also == null
                ? new String[] {node.label().cypher().text()}
                : new String[] {node.label().cypher().text(), also.text()};
    }

    private boolean hold(Mutations.Node node) {
        Map<String, Held> ofLabel = held.computeIfAbsent(node.label(), label -> new LinkedHashMap<>());
        Held known = ofLabel.get(node.id());
        Held entry = known == null ? new Held(next++, new TreeSet<>(), new LinkedHashMap<>()) : known;
        ofLabel.putIfAbsent(node.id(), entry);
        entry.labels.addAll(List.of(labels(node)));
        Properties properties = node.properties();
        for (int i = 0; i < properties.size(); i++) {
            Object value = properties.value(i);
            if (value == null) {
                entry.properties.remove(properties.name(i));
            } else {
                entry.properties.put(properties.name(i), value);
            }
        }
        return known == null;
    }

    private long find(NodeLabel label, String id) {
        if (STREAMED.contains(label)) {
            Long here = inBatch.getOrDefault(label, Map.of()).get(id);
            return here != null ? here : numbers.find(label, id);
        }
        Held entry = held.getOrDefault(label, Map.of()).get(id);
        return entry == null ? NodeNumbers.UNKNOWN : entry.number;
    }

    /**
     * Writes a link or keeps it for the end. Returns whether both its ends are known. Duplicates of a link to a new
     * node can only occur in the same batch; duplicates of a link between nodes kept in memory can occur at any time.
     * All other links change nodes already written.
     */
    private boolean put(Mutations.Link link, long before, LongHashSet inThisBatch) throws IOException {
        long from = find(link.fromLabel(), link.from());
        long to = find(link.toLabel(), link.to());
        if (from == NodeNumbers.UNKNOWN || to == NodeNumbers.UNKNOWN) {
            return false;
        }
        boolean streamedFrom = STREAMED.contains(link.fromLabel());
        boolean streamedTo = STREAMED.contains(link.toLabel());
        boolean fresh = streamedFrom && from >= before || streamedTo && to >= before;
        if (from < 0 || to < 0 || !fresh && (streamedFrom || streamedTo)) {
            changes.links().add(link);
            return true;
        }
        int type = types.computeIfAbsent(link.type().text(), name -> types.size());
        long key = from << NodeNumbers.BITS | to | (long) type << 2 * NodeNumbers.BITS;
        if ((fresh ? inThisBatch : lastingLinks).add(key)) {
            writing.link(from, link.type().text(), type, to, link.properties());
        } else if (link.properties().size() > 0) {
            changes.links().add(link);
        }
        return true;
    }

    private void finish() throws IOException {
        open = false;
        List<OfflineImport.Node> nodes = new ArrayList<>();
        held.values()
                .forEach(ofLabel -> ofLabel.forEach((id, entry) -> {
                    Properties properties = new Properties();
                    entry.properties.forEach(properties::put);
                    nodes.add(
                            new OfflineImport.Node(entry.number, entry.labels.toArray(String[]::new), id, properties));
                }));
        writing.nodes(nodes);
        held.clear();
        numbers.clear(); // the importer needs the memory
        inBatch.values().forEach(Map::clear);
        writing.finish();
        graph.bringOnline();
        Schema.migrate(graph);
        graph.write(transaction -> {
            Applied last = transaction.apply(changes);
            for (After after : afters) {
                last = last.plus(after.work.apply(transaction, after.stored));
            }
            return last;
        });
        graph.filled();
    }

    /** Removes what was written, so that the graph is empty again. */
    private GraphException abandon(Exception cause) {
        open = false;
        GraphException failure =
                cause instanceof GraphException known ? known : graph.folder().notStored(cause);
        try {
            writing.abandon();
        } catch (RuntimeException e) {
            failure.addSuppressed(e); // the link file remains until the next start, but the store must be removed now
        }
        return discard(failure);
    }

    private GraphException discard(GraphException failure) {
        try {
            graph.discard();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
        return failure;
    }

    /** Ends the import and starts the database. Later batches are stored in transactions. */
    @Override
    public void close() {
        if (open) {
            try {
                finish();
            } catch (RuntimeException | IOException e) {
                throw abandon(e);
            }
        }
    }
}
