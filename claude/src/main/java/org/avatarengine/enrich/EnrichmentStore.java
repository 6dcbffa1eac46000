package org.avatarengine.enrich;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.avatarengine.graph.DataVersion;
import org.avatarengine.graph.Graph;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Stores enrichments in the graph: {@code (:Person)-[:HAS_ENRICHMENT]->(:Enrichment)-[:CLAIMS]->(:Claim)-[:SHOWN_BY]->
 * (:Message)}, and {@code (:Enrichment)-[:STATES]->(:Fact)}, also with the messages as evidence.
 */
public final class EnrichmentStore {
    private static final List<String> REMOVE = List.of(
            "MATCH (x:Claim) WHERE x.id STARTS WITH $prefix DETACH DELETE x",
            "MATCH (x:Fact) WHERE x.id STARTS WITH $prefix DETACH DELETE x");

    private static final String STORE = """
            MATCH (p:Person {id: $person})
            MERGE (e:Enrichment {id: $id})
            MERGE (p)-[:HAS_ENRICHMENT]->(e)
            SET e.kind = $kind, e.model = $model, e.at = $at, e.messages = $messages, e.available = $available,
                e.kept = $kept, e.dropped = $dropped, e.key = $key, e.json = $json""";

    private static final String CLAIMS = """
            MATCH (e:Enrichment {id: $id})
            UNWIND $claims AS claim
            CREATE (c:Claim {id: claim.id, field: claim.field, text: claim.text, confidence: claim.confidence})
            CREATE (e)-[:CLAIMS]->(c)
            WITH c, claim UNWIND claim.evidence AS message
            MATCH (m:Message {id: message}) MERGE (c)-[:SHOWN_BY]->(m)""";

    private static final String FACTS = """
            MATCH (e:Enrichment {id: $id})
            MATCH (p:Person {id: $person})
            UNWIND $claims AS fact
            CREATE (f:Fact {id: fact.id, subject: fact.subject, predicate: fact.predicate, object: fact.object,
                            confidence: fact.confidence})
            SET f.validFrom = fact.validFrom, f.validTo = fact.validTo
            CREATE (e)-[:STATES]->(f)
            CREATE (f)-[:LEARNT_FROM]->(p)
            WITH f, fact UNWIND fact.evidence AS message
            MATCH (m:Message {id: message}) MERGE (f)-[:SHOWN_BY]->(m)""";

    private static final String OF_PERSON = "MATCH (:Person {id: $person})-[:HAS_ENRICHMENT]->(e:Enrichment)";
    private static final String SAID =
            " RETURN e.kind AS kind, field, text, confidence, COUNT { (x)-[:SHOWN_BY]->() } AS shown";

    private final Graph graph;

    public EnrichmentStore(Graph graph) {
        this.graph = graph;
    }

    /** The key of the prompts whose answer is stored; null when there is none. */
    @Nullable
    String key(String person, Kind kind) {
        return graph.read("MATCH (e:Enrichment {id: $id}) RETURN e.key AS key", Map.of("id", id(person, kind))).stream()
                .map(row -> row.text("key"))
                .findFirst()
                .orElse(null);
    }

    private static String id(String person, Kind kind) {
        return person + ":" + kind.name().toLowerCase(Locale.ROOT);
    }

    /** Stores an enrichment and replaces an earlier one. */
    void store(String person, Kind kind, String model, String key, Sampler.Sample sample, Evidence.Checked checked) {
        String id = id(person, kind);
        List<Map<String, Object>> claims = new ArrayList<>();
        List<Map<String, Object>> facts = new ArrayList<>();
        collect("", checked.json(), id, claims, facts);
        Map<String, Object> parameters = new HashMap<>(Map.of(
                "person",
                person,
                "id",
                id,
                "kind",
                kind.name(),
                "model",
                model,
                "at",
                Instant.now(),
                "messages",
                (long) sample.messages(),
                "available",
                (long) sample.available(),
                "kept",
                (long) checked.kept(),
                "dropped",
                (long) checked.dropped(),
                "key",
                key));
        parameters.put("json", Evidence.write(checked.json()));
        graph.write(transaction -> {
            DataVersion.advance(transaction);
            REMOVE.forEach(statement -> transaction.run(statement, Map.of("prefix", id + "#")));
            transaction.run(STORE, parameters);
            transaction.run(CLAIMS, Map.of("id", id, "claims", claims));
            return transaction.run(FACTS, Map.of("id", id, "person", person, "claims", facts));
        });
    }

    private static void collect(
            String field, JsonNode node, String id, List<Map<String, Object>> claims, List<Map<String, Object>> facts) {
        if (node.has("evidence") && !node.get("evidence").isEmpty()) {
            List<String> evidence = new ArrayList<>();
            node.get("evidence").forEach(one -> evidence.add(one.asString()));
            Map<String, Object> entry = new HashMap<>(Map.of("evidence", evidence));
            if (node.has("predicate")) {
                entry.put("id", id + "#f" + facts.size());
                for (String name : List.of("subject", "predicate", "object")) {
                    entry.put(name, node.get(name).asString());
                }
                for (String name : List.of("validFrom", "validTo")) {
                    entry.put(
                            name,
                            node.get(name).asString().isEmpty()
                                    ? null
                                    : node.get(name).asString());
                }
                entry.put("confidence", node.get("confidence").asDouble());
                facts.add(entry);
            } else {
                entry.put("id", id + "#c" + claims.size());
                entry.put("field", field);
                entry.put("text", text(node));
                entry.put("confidence", node.path("confidence").asDouble(0));
                claims.add(entry);
            }
        }
        node.properties().forEach(child -> {
            String name = field.isEmpty() ? child.getKey() : field + "." + child.getKey();
            if (child.getValue().isArray()) {
                child.getValue().forEach(item -> collect(name, item, id, claims, facts));
            } else {
                collect(name, child.getValue(), id, claims, facts);
            }
        });
    }

    /** The text of a claim: its sentence, or the field that it has instead. */
    private static String text(JsonNode node) {
        if (node.has("score")) {
            return node.get("score").asInt() + " of 100 (" + node.path("low").asInt() + "–"
                    + node.path("high").asInt() + "): " + node.path("reason").asString("");
        }
        for (String name : List.of("text", "summary", "stance", "reason", "type")) {
            if (node.path(name).isString()) {
                String head = node.path("partner").asString("");
                head = head.isEmpty() ? node.path("name").asString("") : head;
                return head.isEmpty()
                        ? node.get(name).asString()
                        : head + ": " + node.get(name).asString();
            }
        }
        return "";
    }

    /** A stored enrichment. */
    public record Stored(String kind, String model, Instant at, long messages, long available, String json) {}

    /** All enrichments of a person. */
    public List<Stored> of(String person) {
        List<Stored> all = new ArrayList<>();
        graph.read(
                "MATCH (:Person {id: $person})-[:HAS_ENRICHMENT]->(e:Enrichment) RETURN e.kind AS kind, e.model AS model,"
                        + " e.at AS at, e.messages AS messages, e.available AS available, e.json AS json ORDER BY kind",
                Map.of("person", person),
                row -> {
                    Instant at = row.time("at");
                    all.add(new Stored(
                            row.requireText("kind"),
                            row.requireText("model"),
                            at == null ? Instant.EPOCH : at,
                            row.number("messages"),
                            row.number("available"),
                            row.requireText("json")));
                });
        return all;
    }

    /**
     * A statement by Claude about a person.
     *
     * @param field the field of the analysis that contains it, such as {@code insights}
     * @param shownBy the number of messages that are its evidence
     */
    public record Said(String kind, String field, String text, double confidence, long shownBy) {}

    /** All statements about a person, by analysis and field, the most certain first; facts last. */
    public List<Said> said(String person) {
        List<Said> all = new ArrayList<>();
        for (String statement : List.of(
                OF_PERSON
                        + "-[:CLAIMS]->(x:Claim) WITH e, x, x.field AS field, x.text AS text, x.confidence AS confidence"
                        + SAID + " ORDER BY kind, field, confidence DESC, text",
                OF_PERSON
                        + "-[:STATES]->(x:Fact) WITH e, x, 'facts' AS field, x.subject + ' ' + x.predicate + ' ' + x.object"
                        + " + CASE WHEN x.validFrom IS NULL THEN '' ELSE ' (since ' + x.validFrom + ')' END"
                        + " + CASE WHEN x.validTo IS NULL THEN '' ELSE ' (until ' + x.validTo + ')' END AS text,"
                        + " x.confidence AS confidence" + SAID + " ORDER BY confidence DESC, text")) {
            graph.read(
                    statement,
                    Map.of("person", person),
                    row -> all.add(new Said(
                            row.requireText("kind"),
                            row.requireText("field"),
                            row.requireText("text"),
                            row.real("confidence"),
                            row.number("shown"))));
        }
        return all;
    }
}
