package org.avatarengine.graph;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.avatarengine.failure.GraphException;
import org.avatarengine.graph.vocabulary.CypherName;
import org.eclipse.collections.impl.factory.primitive.IntSets;
import org.eclipse.collections.impl.map.mutable.primitive.IntObjectHashMap;
import org.eclipse.collections.impl.set.mutable.primitive.LongHashSet;
import org.jspecify.annotations.Nullable;
import org.neo4j.exceptions.KernelException;
import org.neo4j.graphdb.Direction;
import org.neo4j.graphdb.Label;
import org.neo4j.graphdb.Node;
import org.neo4j.graphdb.Relationship;
import org.neo4j.graphdb.RelationshipType;
import org.neo4j.internal.kernel.api.TokenWrite;
import org.neo4j.internal.kernel.api.Write;
import org.neo4j.kernel.impl.coreapi.InternalTransaction;
import org.neo4j.values.storable.Value;
import org.neo4j.values.storable.Values;

/**
 * Writes mutations directly through the embedded kernel instead of Cypher. This is about four times as fast as {@link
 * CypherWriter} and gives the same result (a test compares the graphs).
 *
 * <p>New nodes are created with kernel calls. Nodes that may exist are looked up by id, and their links are compared
 * before one is added.
 */
final class KernelWriter {
    private final InternalTransaction transaction;
    private final TokenWrite tokens;
    private final Write writes;
    private final Map<String, Integer> keys = new HashMap<>();
    private final Map<String, Integer> types = new HashMap<>();
    private final Map<NodeLabel, Map<String, Long>> seen = new EnumMap<>(NodeLabel.class);
    /** Nodes created in this transaction. They have few links. */
    private final LongHashSet fresh = new LongHashSet();
    /**
     * Ends of links created in this transaction, from {@link #end}. A new node without an entry has no links to
     * compare.
     */
    private final LongHashSet linked = new LongHashSet();

    KernelWriter(InternalTransaction transaction) {
        this.transaction = transaction;
        this.tokens = transaction.kernelTransaction().tokenWrite();
        try {
            this.writes = transaction.kernelTransaction().dataWrite();
        } catch (KernelException e) {
            throw failed(e);
        }
    }

    Applied apply(Mutations mutations) {
        try {
            Map<NodeLabel, Integer> created = new EnumMap<>(NodeLabel.class);
            for (Mutations.Node node : mutations.nodes()) {
                if (put(node)) {
                    created.merge(node.label(), 1, Integer::sum);
                }
            }
            int unresolved = 0;
            for (Mutations.Link link : mutations.links()) {
                if (!put(link)) {
                    unresolved++;
                }
            }
            return new Applied(created, unresolved);
        } catch (KernelException e) {
            throw failed(e);
        }
    }

    private static GraphException failed(KernelException e) {
        return new GraphException("The graph refused a write: " + e.getMessage(), e);
    }

    /** Stores a node. Returns whether it is new. */
    private boolean put(Mutations.Node node) throws KernelException {
        long known = find(node.label(), node.id());
        if (known >= 0) {
            update(known, node);
            return false;
        }
        int label = tokens.labelGetOrCreateForName(node.label().cypher().text());
        CypherName also = node.also();
        long id = writes.nodeCreateWithLabels(
                also == null ? new int[] {label} : new int[] {label, tokens.labelGetOrCreateForName(also.text())});
        IntObjectHashMap<Value> values = new IntObjectHashMap<>();
        values.put(key("id"), Values.stringValue(node.id()));
        Properties properties = node.properties();
        for (int i = 0; i < properties.size(); i++) {
            Object value = properties.value(i);
            if (value != null) {
                values.put(key(properties.name(i)), GraphValues.stored(value));
            }
        }
        writes.nodeApplyChanges(id, IntSets.immutable.empty(), IntSets.immutable.empty(), values);
        fresh.add(id);
        remember(node.label(), node.id(), id);
        return true;
    }

    private void update(long known, Mutations.Node node) throws KernelException {
        if (node.also() != null) {
            writes.nodeAddLabel(
                    known, tokens.labelGetOrCreateForName(node.also().text()));
        }
        Properties properties = node.properties();
        for (int i = 0; i < properties.size(); i++) {
            Object value = properties.value(i);
            if (value == null) {
                writes.nodeRemoveProperty(known, key(properties.name(i)));
            } else {
                writes.nodeSetProperty(known, key(properties.name(i)), GraphValues.stored(value));
            }
        }
    }

    /** The node's internal number, or -1 when it is not stored. */
    private long find(NodeLabel label, String id) {
        Map<String, Long> known = seen.get(label);
        Long here = known == null ? null : known.get(id);
        if (here != null) {
            return here;
        }
        Node node = transaction.findNode(Label.label(label.cypher().text()), "id", id);
        if (node == null) {
            return -1;
        }
        remember(label, id, number(node));
        return number(node);
    }

    private void remember(NodeLabel label, String id, long node) {
        seen.computeIfAbsent(label, k -> new HashMap<>()).put(id, node);
    }

    @SuppressWarnings("deprecation") // Within a transaction, the kernel identifies a node by this number.
    private static long number(Node node) {
        return node.getId();
    }

    private Node node(long number) {
        return transaction.newNodeEntity(number);
    }

    /** Creates or updates a link. Returns whether both its ends are stored. */
    private boolean put(Mutations.Link link) throws KernelException {
        long from = find(link.fromLabel(), link.from());
        long to = find(link.toLabel(), link.to());
        if (from < 0 || to < 0) {
            return false;
        }
        Properties properties = link.properties();
        int type = type(link.type().text());
        // Both are asked, not one or the other: each must take note of the link.
        boolean firstOfStart = linked.add(end(from, type, 0)) && fresh.contains(from);
        boolean firstOfEnd = linked.add(end(to, type, 1)) && fresh.contains(to);
        Relationship known = firstOfStart || firstOfEnd
                ? null
                : existing(from, to, link.type().text());
        if (known != null) {
            for (int i = 0; i < properties.size(); i++) {
                Object value = properties.value(i);
                if (value == null) {
                    known.removeProperty(properties.name(i));
                } else {
                    known.setProperty(
                            properties.name(i), GraphValues.stored(value).asObject());
                }
            }
            return true;
        }
        long relationship = writes.relationshipCreate(from, type, to);
        for (int i = 0; i < properties.size(); i++) {
            Object value = properties.value(i);
            if (value != null) {
                writes.relationshipSetProperty(relationship, key(properties.name(i)), GraphValues.stored(value));
            }
        }
        return true;
    }

    private static long end(long node, int type, int side) {
        return node << 12 | (long) type << 1 | side;
    }

    private @Nullable Relationship existing(long from, long to, String type) {
        RelationshipType wanted = RelationshipType.withName(type);
        // A new node has few links, an old one perhaps a million: search from the side with fewer.
        Node start = node(from);
        Node end = node(to);
        boolean outgoing = fresh.contains(from)
                || (!fresh.contains(to)
                        && start.getDegree(wanted, Direction.OUTGOING) <= end.getDegree(wanted, Direction.INCOMING));
        Node near = outgoing ? start : end;
        Node far = outgoing ? end : start;
        Direction direction = outgoing ? Direction.OUTGOING : Direction.INCOMING;
        try (var links = near.getRelationships(direction, wanted)) {
            for (Relationship link : links) {
                if (link.getOtherNode(near).equals(far)) {
                    return link;
                }
            }
        }
        return null;
    }

    private int key(String name) throws KernelException {
        Integer known = keys.get(name);
        if (known == null) {
            known = tokens.propertyKeyGetOrCreateForName(name);
            keys.put(name, known);
        }
        return known;
    }

    private int type(String name) throws KernelException {
        Integer known = types.get(name);
        if (known == null) {
            known = tokens.relationshipTypeGetOrCreateForName(name);
            types.put(name, known);
        }
        return known;
    }
}
