package org.avatarengine.page;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.avatarengine.enrich.PersonFacts;
import org.avatarengine.enrich.PersonFacts.StoredFact;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Row;
import org.avatarengine.people.Person;
import org.avatarengine.server.Api;
import org.avatarengine.server.Refusal;
import org.jspecify.annotations.Nullable;

/** The facts about a person, which the user can correct and delete. They are read each time, so none is out of date. */
final class FactsView {
    /** More messages than this do not make a fact clearer. */
    private static final int MOST_MESSAGES = 50;

    private static final int LONGEST = 500;

    private static final String DETAILS = """
            MATCH (f:Fact)-[:LEARNT_FROM]->(p:Person) WHERE f.id IN $ids
            OPTIONAL MATCH (e:Enrichment)-[:STATES]->(f)
            OPTIONAL MATCH (f)-[:SHOWN_BY]->(m:Message)
            WITH f, p, e, m ORDER BY m.sentAt, m.id
            RETURN f.id AS id, f.subject AS subject, f.predicate AS predicate, f.object AS object,
                   f.validFrom AS validFrom, f.validTo AS validTo, f.confidence AS confidence,
                   coalesce(f.byUser, false) AS byUser, e.model AS model, coalesce(f.at, e.at) AS at,
                   min(m.sentAt) AS first, max(m.sentAt) AS last, count(m) AS messages,
                   collect(m.id)[..$most] AS evidence, p.id AS person, coalesce(p.owner, false) AS owner,
                   coalesce(p.name, head(COLLECT { MATCH (p)-[:HAS_HANDLE]->(h) RETURN h.id })) AS name""";

    /**
     * A fact with its source.
     *
     * @param person the id of the person in whose messages it was found
     * @param validFrom since when it is true: a year, a month or a day; null if unknown
     * @param validTo until when it was true; null if it still is, or if the end is unknown
     * @param confidence from 0 to 1; 1 for the user's word
     * @param byUser whether the user said so; otherwise Claude found it
     * @param model the model of Claude that found it; null if unknown or the user's word
     * @param at when it was found, or when the user said so
     * @param first the time of the earliest message that shows it; null if none is stored
     * @param last the time of the latest one
     * @param messages the number of messages that show it; {@code evidence} has the ids of the earliest ones
     */
    record Stated(
            String id,
            String person,
            String personName,
            String subject,
            String predicate,
            String object,
            @Nullable String validFrom,
            @Nullable String validTo,
            double confidence,
            boolean byUser,
            @Nullable String model,
            @Nullable Instant at,
            @Nullable Instant first,
            @Nullable Instant last,
            long messages,
            List<String> evidence) {}

    /** A fact with the facts, also of other people, that cannot be true together with it. */
    record Entry(Stated fact, List<Stated> contradictions) {}

    /**
     * A fact as the page shows it. Its words are needed as well as its id, because a later enrichment can give the same
     * id to a different fact.
     *
     * @param person the id of the person whose list contains it
     */
    record Chosen(String person, String id, String subject, String predicate, String object) {}

    /** A correction: what is true instead of the fact's object. */
    record Correction(Chosen fact, String to) {}

    private final Graph graph;
    private final PeopleView people;

    FactsView(Graph graph, PeopleView people) {
        this.graph = graph;
        this.people = people;
    }

    void endpoints(Api api) {
        api.post("/api/person/facts/correct", "Corrects a fact; later enrichments keep the correction")
                .body(Correction.class)
                .answersList(Entry.class, call -> correct(call.body(Correction.class)));
        api.post("/api/person/facts/delete", "Deletes a fact; later enrichments do not bring it back")
                .body(Chosen.class)
                .answersList(Entry.class, call -> {
                    Chosen chosen = call.body(Chosen.class);
                    new PersonFacts(graph).delete(find(chosen));
                    return of(chosen.person);
                });
    }

    /** The facts about a person: the user's word first, then by confidence. */
    List<Entry> of(String person) {
        Map<String, List<String>> contradictions = new PersonFacts(graph).contradictions(person);
        Map<String, Stated> stated = new HashMap<>();
        graph.read(
                DETAILS,
                Map.of(
                        "ids",
                        Stream.concat(
                                        contradictions.keySet().stream(),
                                        contradictions.values().stream().flatMap(List::stream))
                                .distinct()
                                .toList(),
                        "most",
                        MOST_MESSAGES),
                row -> stated.put(row.requireText("id"), stated(row)));
        return contradictions.entrySet().stream()
                .filter(entry -> stated.containsKey(entry.getKey()))
                .map(entry -> new Entry(
                        Objects.requireNonNull(stated.get(entry.getKey())),
                        entry.getValue().stream()
                                .map(stated::get)
                                .filter(Objects::nonNull)
                                .toList()))
                .toList();
    }

    private static Stated stated(Row row) {
        return new Stated(
                row.requireText("id"),
                row.requireText("person"),
                Person.called(row.text("name"), row.isTrue("owner")),
                row.requireText("subject"),
                row.requireText("predicate"),
                row.requireText("object"),
                row.text("validFrom"),
                row.text("validTo"),
                row.real("confidence"),
                row.isTrue("byUser"),
                row.text("model"),
                row.time("at"),
                row.time("first"),
                row.time("last"),
                row.number("messages"),
                row.texts("evidence"));
    }

    private List<Entry> correct(Correction correction) {
        String to = correction.to == null ? "" : correction.to.strip();
        if (to.isEmpty() || to.length() > LONGEST) {
            throw Refusal.wrong("Enter a correction of 1 to " + LONGEST + " characters.");
        }
        StoredFact fact = find(correction.fact);
        new PersonFacts(graph).correct(fact, to);
        return of(correction.fact.person);
    }

    private StoredFact find(@Nullable Chosen chosen) {
        if (chosen == null) {
            throw Refusal.wrong("Choose the fact to change.");
        }
        String person = people.find(chosen.person).id();
        return new PersonFacts(graph)
                .of(person).stream()
                        .filter(fact -> fact.id().equals(chosen.id)
                                && fact.subject().equals(chosen.subject)
                                && fact.predicate().equals(chosen.predicate)
                                && fact.object().equals(chosen.object))
                        .findFirst()
                        .orElseThrow(() -> Refusal.missing("This fact has changed in the meantime. Reload the page."));
    }
}
