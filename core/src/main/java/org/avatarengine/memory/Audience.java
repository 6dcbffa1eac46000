package org.avatarengine.memory;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.avatarengine.graph.Graph;

/** What the partner of a question was there for, together with the person whose memory it is; all memory keeps to it. */
public final class Audience {
    private static final String PLACES = """
            MATCH (:Person {id: $person})-[:MEMBER_OF]->(c:Conversation)
            WHERE $everything OR EXISTS { (c)<-[:MEMBER_OF]-(:Person {id: $partner}) }
            RETURN DISTINCT c.id AS id, coalesce(c.remembered, 0) AS size ORDER BY size DESC, id""";

    private final List<Stay> stays;
    private final Periods periods;

    private Audience(List<Stay> stays, Periods periods) {
        this.stays = stays;
        this.periods = periods;
    }

    /** @param question its text is not looked at */
    public static Audience of(Question question, Graph graph) {
        Set<String> conversations = new LinkedHashSet<>();
        graph.read(
                PLACES,
                Map.of("person", question.person(), "partner", question.partner(), "everything", question.everything()),
                row -> conversations.add(row.requireText("id")));
        if (question.within() != null) {
            conversations.retainAll(Set.of(question.within()));
        }
        Periods periods = Periods.of(graph, conversations);
        Set<String> there = question.everything() || question.person().equals(question.partner())
                ? Set.of(question.person())
                : Set.of(question.person(), question.partner());
        return new Audience(
                conversations.stream()
                        .flatMap(conversation -> periods.stays(conversation, there).stream())
                        .toList(),
                periods);
    }

    /** The times together, the conversation with the most messages first. */
    List<Stay> stays() {
        return stays;
    }

    /** The conversations in which they were together at some time. */
    public Set<String> conversations() {
        Set<String> conversations = new LinkedHashSet<>();
        stays.forEach(stay -> conversations.add(stay.conversation()));
        return conversations;
    }

    boolean heard(String conversation, long period) {
        return stays.stream().anyMatch(stay -> stay.covers(conversation, period));
    }

    /** Whether both heard what was said then. */
    public boolean heard(String conversation, Instant at) {
        return heard(conversation, periods.at(conversation, at));
    }
}
