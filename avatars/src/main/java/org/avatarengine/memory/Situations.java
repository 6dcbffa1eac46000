package org.avatarengine.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.avatarengine.graph.Graph;
import org.avatarengine.people.Person;
import org.avatarengine.text.OwnText;
import org.avatarengine.vectors.SentenceEncoder;

/** Finds a person's replies in similar situations, in conversations with their partner. */
public final class Situations {
    private static final String ANSWERED = """
            UNWIND $ids AS id
            MATCH (cue:Passage {id: id})
            MATCH (reply:Passage)
            WHERE reply.conversation = cue.conversation AND reply.number = cue.number + 1
              AND reply.session = cue.session AND reply.period = cue.period
            MATCH (written:Message {id: reply.messageIds[0]} WHERE NOT written:Utterance)<-[:SENT]-(:Person {id: $person})
            MATCH (:Message {id: cue.messageIds[0]})<-[:SENT]-(s:Person) WHERE s.id <> $person
            RETURN id, s.name AS name, s.owner AS owner, reply.at AS at,
                   COLLECT { UNWIND cue.messageIds + reply.messageIds AS x MATCH (m:Message {id: x})
                             WHERE m.deletedAt IS NULL AND coalesce(m.own, m.text, '') <> '' RETURN x } AS messageIds,
                   COLLECT { UNWIND cue.messageIds AS x MATCH (m:Message {id: x})
                             WHERE m.deletedAt IS NULL AND coalesce(m.own, m.text, '') <> ''
                             RETURN coalesce(m.own, m.text) ORDER BY m.sentAt, x } AS cue,
                   COLLECT { UNWIND reply.messageIds AS x MATCH (m:Message {id: x})
                             WHERE m.deletedAt IS NULL AND coalesce(m.own, m.text, '') <> ''
                             RETURN coalesce(m.own, m.text) ORDER BY m.sentAt, x } AS reply""";

    private final Graph graph;
    private final SentenceEncoder encoder;

    public Situations(Graph graph, SentenceEncoder encoder) {
        this.graph = graph;
        this.encoder = encoder;
    }

    /**
     * Finds the most similar situations.
     *
     * @param said the last lines, each "name: text", the latest last, as in the embedded passages
     * @param recollection the memory and the audience; the text of its question is ignored
     * @param most the maximum number; of several with the same reply, only the best is returned
     * @return the most similar first
     */
    public List<Situation> like(String said, Recollection recollection, int most) {
        RecallQuery question = recollection.question();
        Audience audience = recollection.audience();
        if (audience.isEmpty()) {
            return List.of();
        }
        List<Double> vector = Keys.list(encoder.encode(List.of(said)).getFirst());
        Map<String, Double> likeness = new HashMap<>();
        new Search(graph, question).byMeaning(vector, audience).forEach((hit, score) -> likeness.put(hit.id(), score));
        List<Situation> found = new ArrayList<>();
        graph.read(ANSWERED, Map.of("ids", List.copyOf(likeness.keySet()), "person", question.person()), row -> {
            Instant at = Objects.requireNonNull(row.time("at"));
            String cue = text(row.texts("cue"));
            String reply = text(row.texts("reply"));
            if (!cue.isEmpty() && !reply.isEmpty() && question.reaches(at)) {
                found.add(new Situation(
                        likeness.getOrDefault(row.requireText("id"), 0.0),
                        at,
                        Person.called(row.text("name"), row.isTrue("owner")),
                        cue,
                        reply,
                        row.texts("messageIds")));
            }
        });
        found.sort(Comparator.comparingDouble(Situation::likeness).reversed().thenComparing(Situation::at));
        Set<String> replies = new HashSet<>();
        found.removeIf(situation -> !replies.add(situation.reply()));
        return List.copyOf(found.subList(0, Math.min(most, found.size())));
    }

    /** The placeholder characters of attachments are removed. */
    private static String text(List<String> texts) {
        return String.join(
                "\n",
                texts.stream()
                        .map(OwnText::written)
                        .filter(text -> !text.isEmpty())
                        .toList());
    }
}
