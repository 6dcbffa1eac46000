package org.avatarengine.enrich;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.avatarengine.graph.DataVersion;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Outcome;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Stores enrichments in the graph: {@code (:Person)-[:HAS_ENRICHMENT]->(:Enrichment)-[:CLAIMS]->(:Claim)-[:SHOWN_BY]->
 * (:Message)}, and {@code (:Enrichment)-[:STATES]->(:Fact)}, also with the messages as evidence. Numbers are typed nodes, so that Cypher can
 * filter on them: {@code (:Person)-[:HAS_TRAIT]->(:Trait {name, score, low, high})} and
 * {@code (:Person)-[:HAS_BOND]->(:Bond {type, closeness, confidence})-[:WITH]->(:Person)}.
 */
public final class EnrichmentStore {
    private static final List<String> REMOVE = List.of(
            "MATCH (x:Claim) WHERE x.id STARTS WITH $prefix DETACH DELETE x",
            "MATCH (x:Fact) WHERE x.id STARTS WITH $prefix DETACH DELETE x",
            "MATCH (x:Trait) WHERE x.id STARTS WITH $prefix DETACH DELETE x",
            "MATCH (x:Bond) WHERE x.id STARTS WITH $prefix DETACH DELETE x");

    private static final String STORE = """
            MATCH (p:Person {id: $person})
            MERGE (e:Enrichment {id: $id})
            MERGE (p)-[:HAS_ENRICHMENT]->(e)
            SET e.kind = $kind, e.model = $model, e.at = $at, e.messages = $messages, e.available = $available,
                e.kept = $kept, e.dropped = $dropped, e.key = $key, e.json = $json, e.setup = $setup,
                e.until = $until""";

    private static final String CLAIMS = """
            MATCH (e:Enrichment {id: $id})
            UNWIND $claims AS claim
            CREATE (c:Claim {id: claim.id, field: claim.field, text: claim.text, confidence: claim.confidence})
            CREATE (e)-[:CLAIMS]->(c)
            WITH c, claim
            OPTIONAL MATCH (b:Bond {id: claim.bond})
            FOREACH (of IN CASE WHEN b IS NULL THEN [] ELSE [b] END | CREATE (of)-[:CLAIMS]->(c))
            WITH c, claim UNWIND claim.evidence AS message
            MATCH (m:Message {id: message}) MERGE (c)-[:SHOWN_BY]->(m)""";

    private static final String TRAITS = """
            MATCH (e:Enrichment {id: $id})
            MATCH (p:Person {id: $person})
            UNWIND $traits AS trait
            CREATE (t:Trait {id: trait.id, name: trait.name, score: trait.score, low: trait.low, high: trait.high,
                             reason: trait.reason, at: $at, model: $model})
            CREATE (e)-[:RATES]->(t)
            CREATE (p)-[:HAS_TRAIT]->(t)
            WITH t, trait UNWIND trait.evidence AS message
            MATCH (m:Message {id: message}) MERGE (t)-[:SHOWN_BY]->(m)""";

    /** The partner is linked if exactly one person whom the person has written with has that name. */
    private static final String BONDS = """
            MATCH (e:Enrichment {id: $id})
            MATCH (p:Person {id: $person})
            UNWIND $bonds AS bond
            CREATE (b:Bond {id: bond.id, partner: bond.partner, type: bond.type, closeness: bond.closeness,
                            confidence: bond.confidence, at: $at, model: $model})
            CREATE (e)-[:RATES]->(b)
            CREATE (p)-[:HAS_BOND]->(b)
            WITH p, b, bond
            OPTIONAL MATCH (p)-[:MEMBER_OF]->(:Conversation)<-[:MEMBER_OF]-(o:Person) WHERE o.name = bond.partner
            WITH b, bond, collect(DISTINCT o) AS others
            FOREACH (o IN CASE WHEN size(others) = 1 THEN others ELSE [] END | CREATE (b)-[:WITH]->(o))
            WITH b, bond UNWIND bond.evidence AS message
            MATCH (m:Message {id: message}) MERGE (b)-[:SHOWN_BY]->(m)""";

    private static final String FACTS = """
            MATCH (e:Enrichment {id: $id})
            MATCH (p:Person {id: $person})
            UNWIND $claims AS fact
            CREATE (f:Fact {id: fact.id, subject: fact.subject, predicate: fact.predicate, object: fact.object,
                            confidence: fact.confidence})
            SET f.validFrom = fact.validFrom, f.validTo = fact.validTo, f.key = fact.key
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

    /**
     * The answer of an earlier run.
     *
     * @param key the key of its prompts
     * @param setup what the prompts were made with, apart from the messages; empty in answers of earlier versions
     * @param until the time of the latest message at that time
     * @param messages the number of messages that were sent
     * @param available the number of messages from which they were drawn
     */
    record Earlier(String key, String setup, Instant until, long messages, long available, String json) {}

    /** The stored answer; null when there is none. */
    @Nullable
    Earlier earlier(String person, Kind kind) {
        return graph
                .read(
                        "MATCH (e:Enrichment {id: $id}) RETURN e.key AS key, e.setup AS setup, e.until AS until,"
                                + " e.messages AS messages, e.available AS available, e.json AS json",
                        Map.of("id", id(person, kind)))
                .stream()
                .map(row -> new Earlier(
                        row.requireText("key"),
                        Objects.requireNonNullElse(row.text("setup"), ""),
                        Objects.requireNonNullElse(row.time("until"), Instant.EPOCH),
                        row.number("messages"),
                        row.number("available"),
                        row.requireText("json")))
                .findFirst()
                .orElse(null);
    }

    private static String id(String person, Kind kind) {
        return person + ":" + kind.name().toLowerCase(Locale.ROOT);
    }

    /**
     * Stores an enrichment and replaces an earlier one.
     *
     * @param answered from what it was made; its {@code json} is not used
     */
    void store(String person, Kind kind, String model, Earlier answered, Evidence.Checked checked) {
        String id = id(person, kind);
        List<Map<String, Object>> claims = new ArrayList<>();
        List<Map<String, Object>> facts = new ArrayList<>();
        collect("", checked.json(), id, null, claims, facts);
        List<Map<String, Object>> traits = traits(checked.json(), id);
        List<Map<String, Object>> bonds = bonds(checked.json(), id);
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
                answered.messages(),
                "available",
                answered.available(),
                "kept",
                (long) checked.kept(),
                "dropped",
                (long) checked.dropped(),
                "key",
                answered.key()));
        parameters.put("setup", answered.setup());
        parameters.put("until", answered.until());
        parameters.put("json", Evidence.write(checked.json()));
        graph.write(transaction -> {
            DataVersion.advanceBesideConversations(transaction);
            REMOVE.forEach(statement -> transaction.run(statement, Map.of("prefix", id + "#")));
            transaction.run(STORE, parameters);
            Map<String, Object> rated = new HashMap<>(parameters);
            rated.put("traits", traits);
            rated.put("bonds", bonds);
            transaction.run(TRAITS, rated);
            transaction.run(BONDS, rated);
            transaction.run(CLAIMS, Map.of("id", id, "claims", claims));
            Outcome stored = transaction.run(FACTS, Map.of("id", id, "person", person, "claims", facts));
            PersonFacts.keepUsersWord(transaction, person);
            return stored;
        });
        new PersonFacts(graph)
                .markDisputed(facts.stream()
                        .map(fact -> String.valueOf(fact.get("subject")))
                        .toList());
    }

    private static List<String> evidence(JsonNode node) {
        List<String> evidence = new ArrayList<>();
        node.path("evidence").forEach(one -> evidence.add(one.asString()));
        return evidence;
    }

    /** The estimates on a scale, without those that no message shows. */
    private static List<Map<String, Object>> traits(JsonNode json, String id) {
        List<Map<String, Object>> traits = new ArrayList<>();
        json.properties().forEach(field -> {
            JsonNode node = field.getValue();
            if (node.has("score") && !node.path("evidence").isEmpty()) {
                traits.add(Map.of(
                        "id", id + "#t" + traits.size(),
                        "name", field.getKey().toUpperCase(Locale.ROOT),
                        "score", node.get("score").asLong(),
                        "low", node.get("low").asLong(),
                        "high", node.get("high").asLong(),
                        "reason", node.path("reason").asString(""),
                        "evidence", evidence(node)));
            }
        });
        return traits;
    }

    private static List<Map<String, Object>> bonds(JsonNode json, String id) {
        List<Map<String, Object>> bonds = new ArrayList<>();
        json.path("relationships")
                .forEach(node -> bonds.add(Map.of(
                        "id", id + "#b" + bonds.size(),
                        "partner", node.path("partner").asString(""),
                        "type", node.path("type").asString(""),
                        "closeness", node.path("intimacy").asLong(),
                        "confidence", node.path("confidence").asDouble(),
                        "evidence", evidence(node))));
        return bonds;
    }

    /** @param bond the id of the bond that a claim is about; null if it is about none */
    private static void collect(
            String field,
            JsonNode node,
            String id,
            @Nullable String bond,
            List<Map<String, Object>> claims,
            List<Map<String, Object>> facts) {
        if (node.has("evidence") && !node.get("evidence").isEmpty()) {
            Map<String, Object> entry = new HashMap<>(Map.of("evidence", evidence(node)));
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
                entry.put(
                        "key",
                        PersonFacts.key(
                                node.get("subject").asString(),
                                node.get("predicate").asString(),
                                node.get("object").asString()));
                facts.add(entry);
            } else {
                entry.put("id", id + "#c" + claims.size());
                entry.put("field", field);
                entry.put("text", text(node));
                entry.put("confidence", node.path("confidence").asDouble(0));
                entry.put("bond", bond);
                claims.add(entry);
            }
        }
        node.properties().forEach(child -> {
            String name = field.isEmpty() ? child.getKey() : field + "." + child.getKey();
            if (child.getValue().isArray()) {
                int number = 0;
                for (JsonNode item : child.getValue()) {
                    String about = name.equals("relationships") ? id + "#b" + number++ : bond;
                    collect(name, item, id, about, claims, facts);
                }
            } else {
                collect(name, child.getValue(), id, bond, claims, facts);
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

    /** The claims about a person, by analysis and field, the most certain first. Facts are in {@link PersonFacts}. */
    public List<Said> said(String person) {
        List<Said> all = new ArrayList<>();
        graph.read(
                OF_PERSON
                        + "-[:CLAIMS]->(x:Claim) WITH e, x, x.field AS field, x.text AS text, x.confidence AS confidence"
                        + SAID + " ORDER BY kind, field, confidence DESC, text",
                Map.of("person", person),
                row -> all.add(new Said(
                        row.requireText("kind"),
                        row.requireText("field"),
                        row.requireText("text"),
                        row.real("confidence"),
                        row.number("shown"))));
        return all;
    }
}
