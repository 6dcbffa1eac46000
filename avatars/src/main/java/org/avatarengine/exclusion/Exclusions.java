package org.avatarengine.exclusion;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.avatarengine.failure.GraphException;
import org.avatarengine.graph.DataVersion;
import org.avatarengine.graph.DeletedData;
import org.avatarengine.graph.Graph;
import org.avatarengine.memory.MemoryIndex;
import org.avatarengine.people.Person;
import org.avatarengine.vault.TraceSearch;

/**
 * Removes people from the graph permanently: their messages, the conversations with them alone, everything derived from
 * them. Their addresses are kept on a node {@code (:Exclusion)}, so that later imports skip them. What others wrote about
 * them is kept.
 */
public final class Exclusions {
    private static final int BATCH = 2000;

    private static final String REMEMBER = """
            MATCH (p:Person {id: $id})
            MERGE (x:Exclusion {id: $id})
            SET x.name = p.name, x.at = $at,
                x.handles = COLLECT { MATCH (p)-[:HAS_HANDLE]->(h:Handle) RETURN DISTINCT h.id ORDER BY h.id },
                x.contactIds = coalesce(p.contactIds, []) + coalesce(p.profileIds, [])
                    + coalesce(p.mergedContactIds, []),
                x.conversations = COLLECT {
                    MATCH (p)-[:MEMBER_OF]->(c:Conversation) WHERE NOT coalesce(c.group, false)
                    RETURN DISTINCT c.id ORDER BY c.id }""";

    /** The names of relatives on other people's cards. */
    private static final String RELATED = """
            MATCH (x:Exclusion {id: $id}) WHERE x.name IS NOT NULL
            MATCH (p:Person) WHERE x.name IN p.relatedNames
            WITH x, p, [i IN range(0, size(p.relatedNames) - 1) WHERE p.relatedNames[i] <> x.name] AS others
            SET p.relatedRoles = [i IN others | p.relatedRoles[i]], p.relatedNames = [i IN others | p.relatedNames[i]]""";

    private static final String IN =
            "MATCH (:Person {id: $id})-[:MEMBER_OF]->(c:Conversation) RETURN DISTINCT c.id AS id ORDER BY id";

    private static final String THEY_GO =
            " WITH DISTINCT e OPTIONAL MATCH (e)-[:CLAIMS|STATES|RATES]->(x) DETACH DELETE e, x";
    private static final String GOES = " WITH DISTINCT x LIMIT " + BATCH + " DETACH DELETE x RETURN count(*) AS n";

    /** Claude's results that are based on removed messages. The next enrichment creates them again. */
    private static final List<String> ENRICHMENTS = List.of(
            "MATCH (e:Enrichment)-[:CLAIMS|STATES|RATES]->()-[:SHOWN_BY]->(m:Message)<-[:SENT]-(:Person {id: $id})"
                    + THEY_GO,
            "MATCH (e:Enrichment)-[:CLAIMS|STATES|RATES]->()-[:SHOWN_BY]->(m:Message)-[:SENT_TO]->(c:Conversation)"
                    + "<-[:MEMBER_OF]-(:Person {id: $id}) WHERE NOT coalesce(c.group, false)" + THEY_GO,
            "MATCH (:Person {id: $id})-[:HAS_ENRICHMENT]->(e:Enrichment)" + THEY_GO);

    /** Each statement finds nodes {@code x} to delete; it is repeated until there are none. */
    private static final List<String> GO = List.of(
            "MATCH (:Person {id: $id})-[:SENT]->(m:Message)-[:HAS_ATTACHMENT|HAS_EDIT|HAS_APP]->(x)" + GOES,
            "MATCH (:Person {id: $id})-[:SENT]->(r:Reaction)-[:HAS_ATTACHMENT]->(x)" + GOES,
            "MATCH (:Person {id: $id})-[:MEMBER_OF]->(c:Conversation)<-[:SENT_TO]-(m:Message)"
                    + "-[:HAS_ATTACHMENT|HAS_EDIT|HAS_APP]->(x) WHERE NOT coalesce(c.group, false)" + GOES,
            "MATCH (:Person {id: $id})-[:MEMBER_OF]->(c:Conversation)<-[:SENT_TO]-(m:Message)<-[:REACTS_TO]-(x:Reaction)"
                    + " WHERE NOT coalesce(c.group, false)" + GOES,
            "MATCH (:Person {id: $id})-[:MEMBER_OF]->(c:Conversation)<-[:SENT_TO|HAPPENED_IN]-(x)"
                    + " WHERE NOT coalesce(c.group, false)" + GOES,
            "MATCH (:Person {id: $id})<-[:MADE_BY|CONCERNS]-(x:GroupChange)" + GOES,
            // All messages, derived nodes and addresses: all nodes linked to a person, except conversations, belong to
            // the person.
            "MATCH (:Person {id: $id})-->(x) WHERE NOT x:Conversation" + GOES,
            "MATCH (:Person {id: $id})<-[:WITH]-(x)" + GOES,
            "MATCH (:Person {id: $id})<-[:LEARNT_FROM]-(x)" + GOES,
            "MATCH (:Person {id: $id})<-[:IDENTIFIED_AS]-(x:Speaker)" + GOES,
            "MATCH (:Person {id: $id})-[:MEMBER_OF]->(c:Recording)<-[:IN_RECORDING|TRANSCRIPT_OF]-(x)"
                    + " WHERE NOT coalesce(c.group, false)" + GOES,
            "MATCH (:Person {id: $id})<-[:MERGED_INTO]-(x)" + GOES,
            "MATCH (:Person {id: $id})-[:MEMBER_OF]->(x:Conversation) WHERE NOT coalesce(x.group, false)" + GOES,
            "MATCH (x:EntityMapping {kind: 'APART'}) WHERE x.one = $id OR x.other = $id" + GOES,
            "MATCH (x:Person {id: $id})" + GOES);

    private static final List<String> TEXTS_THAT_GO = List.of(
            "MATCH (:Person {id: $id})-[:SENT]->(m:Message) WHERE m.text IS NOT NULL RETURN m.text AS text",
            "MATCH (:Person {id: $id})-[:SENT]->(:Message)-[:HAS_EDIT]->(e:Edit) WHERE e.text IS NOT NULL"
                    + " RETURN e.text AS text",
            "MATCH (:Person {id: $id})-[:MEMBER_OF]->(c:Conversation)<-[:SENT_TO]-(m:Message)"
                    + " WHERE NOT coalesce(c.group, false) AND m.text IS NOT NULL RETURN m.text AS text");

    private static final List<String> TEXTS_THAT_STAY = List.of(
            "MATCH (m:Message) WHERE m.text IS NOT NULL RETURN m.text AS text",
            "MATCH (e:Edit) WHERE e.text IS NOT NULL RETURN e.text AS text");

    private final Graph graph;

    public Exclusions(Graph graph) {
        this.graph = graph;
    }

    /** An excluded person; {@code name} is empty when they had none. */
    public record Exclusion(String id, String name, List<String> handles, Instant at) {}

    public List<Exclusion> all() {
        List<Exclusion> all = new ArrayList<>();
        graph.read(
                "MATCH (x:Exclusion) RETURN x.id AS id, coalesce(x.name, '') AS name, x.handles AS handles, x.at AS at"
                        + " ORDER BY name, id",
                Map.of(),
                row -> {
                    Instant at = row.time("at");
                    if (at != null) {
                        all.add(new Exclusion(
                                row.requireText("id"), row.requireText("name"), row.texts("handles"), at));
                    }
                });
        return all;
    }

    /**
     * Removes a person. If the process dies meanwhile, a part of their data remains; run it again.
     *
     * @return the number of deleted nodes
     */
    public long exclude(Person person, Instant at) {
        if (person.owner()) {
            throw new GraphException("The owner of the data cannot be excluded from it.", null);
        }
        graph.write(transaction -> {
            DataVersion.advance(transaction);
            DeletedData.mark(transaction);
            return transaction.run(REMEMBER, Map.of("id", person.id(), "at", at));
        });
        graph.write(transaction -> transaction.run(RELATED, Map.of("id", person.id())));
        List<String> conversations = new ArrayList<>();
        graph.read(IN, Map.of("id", person.id()), row -> conversations.add(row.requireText("id")));
        MemoryIndex.forget(graph, conversations);
        for (String statement : ENRICHMENTS) {
            graph.write(transaction -> transaction.run(statement, Map.of("id", person.id())));
        }
        long gone = 0;
        for (String statement : GO) {
            long went;
            do {
                went = delete(statement, person.id());
                gone += went;
            } while (went > 0);
        }
        // Repeated at the end, because results that were created meanwhile may contain parts of their data.
        graph.write(transaction -> {
            DataVersion.advance(transaction);
            return true;
        });
        return gone;
    }

    /** An exclusion whose person is no longer in the graph: its last steps may have been interrupted. */
    public Optional<Exclusion> withoutPerson(String wanted) {
        return all().stream()
                .filter(one -> one.id().equals(wanted) || one.name().equalsIgnoreCase(wanted.strip()))
                .filter(one -> graph.read("MATCH (p:Person {id: $id}) RETURN p.id AS id", Map.of("id", one.id()))
                        .isEmpty())
                .findFirst();
    }

    /** What to search for after a person was excluded: passages of all texts that the exclusion deletes. */
    public TraceSearch traces(Person person) {
        TraceSearch search = new TraceSearch();
        for (String statement : TEXTS_THAT_GO) {
            graph.read(statement, Map.of("id", person.id()), row -> search.add(row.requireText("text")));
        }
        return search;
    }

    /** Leaves out what other people wrote too, because it stays. */
    public void leaveOutWhatStays(TraceSearch search) {
        for (String statement : TEXTS_THAT_STAY) {
            graph.read(statement, Map.of(), row -> search.leaveOut(row.requireText("text")));
        }
    }

    private long delete(String statement, String id) {
        return graph.write(transaction ->
                transaction.run(statement, Map.of("id", id)).rows().getFirst().number("n"));
    }

    /**
     * Lets a person in again. All sources are read from their beginning by the next import, which adds only what is
     * missing; data that no source contains any more does not come back.
     *
     * @param wanted the name, the id or an address
     */
    public Exclusion include(String wanted) {
        List<Exclusion> meant = all().stream()
                .filter(one -> one.id().equals(wanted)
                        || one.name().equalsIgnoreCase(wanted.strip())
                        || one.handles().contains(wanted.strip()))
                .toList();
        if (meant.size() != 1) {
            throw new GraphException(
                    (meant.isEmpty() ? "Nobody called \"" : "More than one called \"") + wanted
                            + "\" is excluded. List the excluded people with: avatar people exclude",
                    null);
        }
        graph.write(transaction -> {
            DataVersion.advance(transaction);
            transaction.run("MATCH (s:Source) SET s.row = 0, s.rowId = null, s.changedThrough = 0", Map.of());
            return transaction.run(
                    "MATCH (x:Exclusion {id: $id}) DELETE x",
                    Map.of("id", meant.getFirst().id()));
        });
        return meant.getFirst();
    }
}
