package org.avatarengine.app;

import org.avatarengine.graph.Graph;
import org.avatarengine.memory.Question;
import org.avatarengine.people.People;
import org.avatarengine.people.Person;

/** Whom an avatar is of, and whom it talks to. */
record Pair(Person person, Person partner) {
    /**
     * Finds both.
     *
     * @param option by which another partner can be given
     */
    static Pair find(Graph graph, String name, String partner, String option) {
        People people = new People(graph);
        Person person = people.find(name);
        Person other = people.find(partner);
        if (person.id().equals(other.id())) {
            throw new InputException(
                    person.name() + " cannot talk to themselves. Give another person with " + option + ".");
        }
        return new Pair(person, other);
    }

    /** A question to what the two share. */
    Question asks(String text) {
        return new Question(text, person.id(), partner.id());
    }
}
