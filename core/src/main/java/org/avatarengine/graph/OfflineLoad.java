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
import org.eclipse.collections.impl.set.mutable.primitive.LongHashSet;

/**
 * Fills an empty embedded graph through Neo4j's offline importer, which writes store files without transactions: the
 * database is stopped meanwhile, messages go straight into the importer, and links wait in a file until all nodes are
 * there. What an importer cannot do, changing a node that it has written, waits for a transaction at the end.
 *
 * <p>A marker file stands in the folder until all is stored. A process that dies in between leaves the marker, and the
 * next start takes the half-written store away; the graph was empty before, so nothing is lost but time.
 */
final class OfflineLoad implements Graph.Load {
    /** Beyond this many nodes the table of their numbers costs more memory than it should. */
    private static final int MOST_NODES = 6_000_000;

    /** Beyond this many changes to nodes already written, transactions are the better way. */
    private static final int MOST_CHANGES = 50_000;

    /** Labels with many nodes, each written once; those of the others are few, and held until the end. */
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
    /** The numbers of this batch's new nodes, where most links lead. */
    private final Map<NodeLabel, Map<String, Long>> inBatch = new EnumMap<>(NodeLabel.class);

    private final Map<NodeLabel, Map<String, Held>> held = new EnumMap<>(NodeLabel.class);
    private final Map<String, Integer> types = new HashMap<>();
    private final LongHashSet lastingLinks = new LongHashSet();
    private final Mutations changes = new Mutations();
    private final List<After> afters = new ArrayList<>();
    private long next;
    private boolean open = true;

    /** @param rows how many rows will come, roughly */
    OfflineLoad(EmbeddedGraph graph, long rows) {
        this.graph = graph;
        this.afterwards = new PlainLoad(graph);
        this.writing = new OfflineImport(graph.home(), graph.takeOffline(), rows);
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

    /** Sends a node to the importer if it is new, and tells whether it is. */
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
        String also = node.also();
        return also == null
                ? new String[] {node.label().cypher()}
                : new String[] {node.label().cypher(), also};
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
     * Draws a link, or leaves it for the end, and tells whether both its ends are known. A link at a node of this batch
     * can only be in this batch; one between nodes that are held can come at any time. Others change what is written.
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
        int type = types.computeIfAbsent(link.type(), name -> types.size());
        long key = from << NodeNumbers.BITS | to | (long) type << 2 * NodeNumbers.BITS;
        if ((fresh ? inThisBatch : lastingLinks).add(key)) {
            writing.link(from, link.type(), type, to, link.properties());
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
        numbers.clear(); // the importer needs the room
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

    /** Takes away what was written, so that the graph is empty again. */
    private GraphException abandon(Exception cause) {
        open = false;
        GraphException told = cause instanceof GraphException known ? known : graph.notStored(cause);
        try {
            writing.abandon();
            graph.discard();
            Schema.migrate(graph);
        } catch (RuntimeException e) {
            told.addSuppressed(e);
        }
        return told;
    }

    /** Ends the import and starts the database; what comes after is stored in transactions. */
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
