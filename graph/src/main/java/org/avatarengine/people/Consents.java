package org.avatarengine.people;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.avatarengine.graph.DataVersion;
import org.avatarengine.graph.Graph;

/**
 * The people who, according to the owner, consent to an avatar of them. Owners need no consent for an avatar of
 * themselves.
 */
public final class Consents {
    private final Graph graph;

    public Consents(Graph graph) {
        this.graph = graph;
    }

    /** A recorded consent. */
    public record Consent(String id, String name, Instant at) {}

    public List<Consent> all() {
        List<Consent> all = new ArrayList<>();
        graph.read("""
                MATCH (p:Person) WHERE p.avatarConsentAt IS NOT NULL
                RETURN p.id AS id, p.name AS name, p.owner AS owner, p.avatarConsentAt AS at ORDER BY name, id""", Map.of(), row -> {
            Instant at = row.time("at");
            if (at != null) {
                all.add(new Consent(row.requireText("id"), Person.called(row.text("name"), row.isTrue("owner")), at));
            }
        });
        return all;
    }

    public boolean given(Person person) {
        return person.owner() || all().stream().anyMatch(consent -> consent.id().equals(person.id()));
    }

    public void give(Person person, Instant at) {
        graph.write(transaction -> {
            DataVersion.advanceBesideConversations(transaction);
            return transaction.run(
                    "MATCH (p:Person {id: $id}) SET p.avatarConsentAt = $at", Map.of("id", person.id(), "at", at));
        });
    }

    public void withdraw(Person person) {
        graph.write(transaction -> {
            DataVersion.advanceBesideConversations(transaction);
            return transaction.run("MATCH (p:Person {id: $id}) REMOVE p.avatarConsentAt", Map.of("id", person.id()));
        });
    }
}
