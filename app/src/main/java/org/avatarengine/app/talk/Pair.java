package org.avatarengine.app.talk;

import java.util.Map;
import org.avatarengine.app.services.InputException;
import org.avatarengine.graph.Graph;
import org.avatarengine.memory.RecallQuery;
import org.avatarengine.people.People;
import org.avatarengine.people.Person;

/** The person an avatar imitates, and the partner it is in conversation with. */
public record Pair(Person person, Person partner) {
    /**
     * Finds both people.
     *
     * @param option the option with which the user can choose another partner
     */
    public static Pair find(Graph graph, String name, String partner, String option) {
        People people = new People(graph);
        Person person = people.find(name);
        Person other = people.find(partner);
        if (person.id().equals(other.id())) {
            throw new InputException((person.owner()
                            ? "You can't chat as yourself."
                            : person.name() + " can't chat with their own avatar.")
                    + " Use " + option + " NAME to chat as somebody else.");
        }
        return new Pair(person, other);
    }

    /**
     * The same two people in the current data. A person who was merged since is the person they were merged with.
     *
     * @throws InputException when one of them is no longer in the data
     */
    Pair now(Graph graph, String option) {
        return find(graph, idNow(graph, person), idNow(graph, partner), option);
    }

    private static String idNow(Graph graph, Person one) {
        return graph.read("""
                        MATCH (p:Person {id: $id}) RETURN p.id AS id
                        UNION
                        MATCH (:EntityMapping {id: $id})-[:MERGED_INTO*]->(p:Person) RETURN p.id AS id""", Map.of("id", one.id())).stream()
                .findFirst()
                .orElseThrow(() -> new InputException(
                        one.name() + " is no longer in the data. Run `avatar people` to see who is."))
                .requireText("id");
    }

    /** A question about what both took part in. */
    RecallQuery asks(String text) {
        return new RecallQuery(text, person.id(), partner.id());
    }
}
