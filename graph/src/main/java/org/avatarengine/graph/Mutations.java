package org.avatarengine.graph;

import java.util.ArrayList;
import java.util.List;
import org.avatarengine.graph.vocabulary.CypherName;
import org.jspecify.annotations.Nullable;

/**
 * Nodes and links to store. If a node is already stored (same label and id), the given properties overwrite its own,
 * and null removes a property. If a link is already stored, its properties are updated and no second link is added.
 */
public final class Mutations {
    /**
     * A node.
     *
     * @param also a second label, or null
     */
    public record Node(NodeLabel label, @Nullable CypherName also, String id, Properties properties) {}

    /** A link from one node to another, both identified by label and id. */
    public record Link(
            CypherName type, NodeLabel fromLabel, String from, NodeLabel toLabel, String to, Properties properties) {}

    private final List<Node> nodes = new ArrayList<>();
    private final List<Link> links = new ArrayList<>();

    /** Adds a node and returns its properties for the caller to set. */
    public Properties node(NodeLabel label, String id) {
        return node(label, null, id);
    }

    /** Adds a node with a second label and returns its properties, to be filled. */
    public Properties node(NodeLabel label, @Nullable CypherName also, String id) {
        Properties properties = new Properties();
        nodes.add(new Node(label, also, id, properties));
        return properties;
    }

    /** Adds a link and returns its properties, to be filled. */
    public Properties link(NodeLabel fromLabel, String from, CypherName type, NodeLabel toLabel, String to) {
        Properties properties = new Properties();
        links.add(new Link(type, fromLabel, from, toLabel, to, properties));
        return properties;
    }

    public List<Node> nodes() {
        return nodes;
    }

    public List<Link> links() {
        return links;
    }
}
