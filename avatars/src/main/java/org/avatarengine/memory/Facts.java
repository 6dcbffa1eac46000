package org.avatarengine.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Row;
import org.avatarengine.text.QuestionWords;
import org.avatarengine.text.Stems;

/**
 * The facts about a person from enrichments and the user, if the partner saw all messages that are their evidence. Facts
 * that contradict each other are left out.
 */
public final class Facts {
    private static final String STATED = """
            MATCH (f:Fact)-[:LEARNT_FROM]->(:Person {id: $person}) WHERE NOT coalesce(f.removed, false)
              AND NOT coalesce(f.disputed, false)
            MATCH (f)-[:SHOWN_BY]->(m:Message)
            MATCH (m)-[:SENT_TO]->(c:Conversation)
            RETURN f.id AS fact, f.subject AS subject, f.predicate AS predicate, f.object AS object,
                   f.validFrom AS validFrom, f.validTo AS validTo, f.confidence AS confidence, m.id AS id,
                   m.sentAt AS at, m.deletedAt IS NOT NULL AS deleted, c.id AS conversation
            ORDER BY confidence DESC, fact, id""";

    private final Graph graph;

    public Facts(Graph graph) {
        this.graph = graph;
    }

    /** The facts that are most relevant to a question. */
    public List<KnownFact> about(RecallQuery question, int most) {
        return about(Recollection.of(question, graph), most);
    }

    /** The same for a known audience. */
    public List<KnownFact> about(Recollection recollection, int most) {
        RecallQuery question = recollection.question();
        Audience audience = recollection.audience();
        List<Row> rows = graph.read(STATED, Map.of("person", question.person()));
        audience.lookUp(
                rows.stream().map(row -> row.requireText("conversation")).toList());
        Set<String> unheard = new HashSet<>();
        Map<String, KnownFact> facts = new LinkedHashMap<>();
        Map<String, Boolean> heard = new HashMap<>();
        for (Row row : rows) {
            String fact = row.requireText("fact");
            String id = row.requireText("id");
            Instant at = row.time("at");
            boolean hears = at != null
                    && !row.isTrue("deleted")
                    && question.reaches(at)
                    && audience.heard(row.requireText("conversation"), at);
            // A message in several conversations was seen if it was seen in any of them.
            heard.merge(fact + '\n' + id, hears, Boolean::logicalOr);
            List<String> ids =
                    new ArrayList<>(facts.containsKey(fact) ? facts.get(fact).messageIds() : List.of());
            if (!ids.contains(id)) {
                ids.add(id);
            }
            facts.put(
                    fact,
                    new KnownFact(
                            row.requireText("subject"),
                            row.requireText("predicate"),
                            row.requireText("object"),
                            row.text("validFrom"),
                            row.text("validTo"),
                            ids));
        }
        heard.forEach((key, hears) -> {
            if (!hears) {
                unheard.add(key.substring(0, key.indexOf('\n')));
            }
        });
        facts.keySet().removeAll(unheard);
        Set<String> asked = new HashSet<>(Stems.of(String.join(" ", QuestionWords.without(question.text()))));
        return facts.values().stream()
                .sorted(Comparator.comparingLong((KnownFact fact) -> -Stems.of(fact.text()).stream()
                        .distinct()
                        .filter(asked::contains)
                        .count()))
                .limit(most)
                .toList();
    }
}
