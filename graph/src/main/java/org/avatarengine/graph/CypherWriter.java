package org.avatarengine.graph;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.avatarengine.graph.vocabulary.CypherName;
import org.jspecify.annotations.Nullable;

/** Writes mutations with Cypher only, so it works on any executor: one statement per kind of node and kind of link. */
final class CypherWriter {
    private CypherWriter() {}

    private record LinkKind(CypherName type, NodeLabel from, NodeLabel to) {}

    private record NodeKind(NodeLabel label, @Nullable CypherName also) {}

    static Applied apply(GraphTransaction transaction, Mutations mutations) {
        Map<NodeLabel, Integer> created = new EnumMap<>(NodeLabel.class);
        Map<NodeKind, List<Map<String, Object>>> nodes = new LinkedHashMap<>();
        for (Mutations.Node node : mutations.nodes()) {
            nodes.computeIfAbsent(new NodeKind(node.label(), node.also()), k -> new ArrayList<>())
                    .add(Map.of("id", node.id(), "properties", node.properties().toMap()));
        }
        nodes.forEach((kind, rows) -> {
            CypherName label = kind.label.cypher();
            String statement = kind.also == null
                    ? "UNWIND $rows AS row MERGE (n:" + label.text() + " {id: row.id}) SET n += row.properties"
                    : "UNWIND $rows AS row MERGE (n:" + label.text() + " {id: row.id}) SET n += row.properties SET n:"
                            + kind.also.text();
            Outcome outcome = transaction.run(statement, Map.of("rows", rows));
            created.merge(kind.label, (int) outcome.nodesCreated(), Integer::sum);
        });
        Map<LinkKind, List<Map<String, Object>>> links = new LinkedHashMap<>();
        for (Mutations.Link link : mutations.links()) {
            links.computeIfAbsent(new LinkKind(link.type(), link.fromLabel(), link.toLabel()), k -> new ArrayList<>())
                    .add(Map.of(
                            "from",
                            link.from(),
                            "to",
                            link.to(),
                            "properties",
                            link.properties().toMap()));
        }
        int unresolved = 0;
        for (Map.Entry<LinkKind, List<Map<String, Object>>> entry : links.entrySet()) {
            LinkKind kind = entry.getKey();
            String statement = "UNWIND $rows AS row MATCH (a:"
                    + kind.from.cypher().text()
                    + " {id: row.from}) MATCH (b:"
                    + kind.to.cypher().text() + " {id: row.to}) MERGE (a)-[r:"
                    + kind.type.text() + "]->(b) SET r += row.properties RETURN count(*) AS linked";
            Outcome outcome = transaction.run(statement, Map.of("rows", entry.getValue()));
            unresolved +=
                    entry.getValue().size() - (int) outcome.rows().getFirst().number("linked");
        }
        return new Applied(created, unresolved);
    }
}
