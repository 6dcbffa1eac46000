package org.avatarengine.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Row;

/** Reads the texts of a person that their partner could see. */
public final class HeardTexts {
    private static final int BATCH = 1_000;

    private static final String CONDITIONS =
            " WHERE coalesce(m.own, m.text, '') <> '' AND m.sentAt IS NOT NULL AND m.deletedAt IS NULL";

    private static final String RETURNED =
            " RETURN c.id AS conversation, m.sentAt AS at, coalesce(m.own, m.text) AS text";

    private static final String LISTED = "UNWIND $conversations AS id"
            + " MATCH (:Person {id: $person})-[:SENT]->(m:Message)-[:SENT_TO]->(c:Conversation {id: id})"
            + CONDITIONS + RETURNED;

    private static final String ANYWHERE = "MATCH (a:Person {id: $person}), (b:Person {id: $partner})"
            + " MATCH (a)-[:SENT]->(m:Message)" + CONDITIONS
            + " MATCH (m)-[:SENT_TO]->(c:Conversation)"
            + " WHERE EXISTS { (a)-[:MEMBER_OF]->(c) } AND EXISTS { (b)-[:MEMBER_OF]->(c) }"
            + RETURNED;

    private final Graph graph;
    private final Audience audience;

    public HeardTexts(Graph graph, Recollection recollection) {
        this.graph = graph;
        this.audience = recollection.audience();
    }

    /**
     * Reads the texts, in no order.
     *
     * @param wanted selects texts, before the audience of each is looked up
     * @param heard receives the selected texts that the partner could see
     */
    public void read(Predicate<String> wanted, Consumer<String> heard) {
        Map<String, Object> parameters = new HashMap<>(audience.pair());
        if (audience.isListed()) {
            parameters.put("conversations", List.copyOf(audience.conversations()));
        }
        List<Row> batch = new ArrayList<>();
        graph.read(audience.isListed() ? LISTED : ANYWHERE, parameters, row -> {
            if (wanted.test(row.requireText("text"))) {
                batch.add(row);
                if (batch.size() == BATCH) {
                    give(batch, heard);
                    batch.clear();
                }
            }
        });
        give(batch, heard);
    }

    private void give(List<Row> batch, Consumer<String> heard) {
        audience.lookUp(
                batch.stream().map(row -> row.requireText("conversation")).toList());
        for (Row row : batch) {
            Instant at = row.time("at");
            if (at != null && audience.heard(row.requireText("conversation"), at)) {
                heard.accept(row.requireText("text"));
            }
        }
    }
}
