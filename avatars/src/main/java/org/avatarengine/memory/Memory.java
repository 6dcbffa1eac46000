package org.avatarengine.memory;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.avatarengine.graph.Graph;
import org.avatarengine.people.Person;
import org.avatarengine.vectors.SentenceEncoder;

/**
 * Recalls exchanges by words, meaning, time and speaker. It searches only conversations in which both the avatar's person
 * and the partner took part, so that nothing said elsewhere is found, unless the owner lifts this restriction.
 */
public final class Memory {
    /** The number of passages of the session before and after a hit that belong to the exchange. */
    private static final int BEFORE = 1;

    private static final int AFTER = 2;

    /** An exchange ends where the members of the conversation change. */
    private static final String NEAR = """
            UNWIND $ids AS found
            MATCH (hit:Passage {id: found})
            MATCH (p:Passage)
            WHERE p.conversation = hit.conversation AND p.number >= hit.number - $before
              AND p.number <= hit.number + $after AND p.session = hit.session AND p.period = hit.period
            UNWIND p.messageIds AS message
            MATCH (m:Message {id: message})<-[:SENT]-(s:Person)
            WHERE m.deletedAt IS NULL AND m.sentAt IS NOT NULL
            RETURN found, p.id AS passage, p.number AS number, m.id AS id, s.id AS sender, s.name AS name,
                   s.owner AS owner, m.sentAt AS at, coalesce(m.own, m.text, '') AS text
            ORDER BY number, at, id""";

    private final Graph graph;
    private final Candidates candidates;
    private final Ranker ranker;

    public Memory(Graph graph, SentenceEncoder encoder, Clock clock) {
        this(graph, new Candidates(graph, encoder, clock), Ranker.shipped());
    }

    public Memory(Graph graph, Candidates candidates, Ranker ranker) {
        this.graph = graph;
        this.candidates = candidates;
        this.ranker = ranker;
    }

    /** A line with its passage. */
    private record Placed(String passage, Exchange.Line line) {}

    /**
     * Finds exchanges that answer a question.
     *
     * @param most the maximum number of exchanges
     * @return the best first; no two contain the same message
     */
    public List<Exchange> recall(RecallQuery question, int most) {
        return exchanges(question, candidates.of(question), most);
    }

    /** The same, for an audience that has already been looked up. */
    public List<Exchange> recall(Recollection recollection, int most) {
        return exchanges(recollection.question(), candidates.of(recollection), most);
    }

    /** Ranks candidates and adds the context of the best. */
    public List<Exchange> exchanges(RecallQuery question, List<Candidate> candidates, int most) {
        // Passages that an earlier exchange contains are skipped, so more than the requested number are examined.
        List<Candidate> ranked = candidates.stream()
                .sorted(Comparator.comparingDouble(ranker::score).reversed().thenComparing(Candidate::id))
                .limit((long) most * (BEFORE + 1 + AFTER))
                .toList();
        Map<String, List<Placed>> near = new HashMap<>();
        graph.read(
                NEAR,
                Map.of("ids", ranked.stream().map(Candidate::id).toList(), "before", BEFORE, "after", AFTER),
                row -> {
                    Instant at = row.time("at");
                    if (at != null && question.reaches(at)) {
                        near.computeIfAbsent(row.requireText("found"), id -> new ArrayList<>())
                                .add(new Placed(
                                        row.requireText("passage"),
                                        new Exchange.Line(
                                                row.requireText("id"),
                                                row.requireText("sender"),
                                                Person.called(row.text("name"), row.isTrue("owner")),
                                                at,
                                                row.requireText("text"))));
                    }
                });
        List<Exchange> exchanges = new ArrayList<>();
        Set<String> told = new HashSet<>();
        for (Candidate candidate : ranked) {
            if (exchanges.size() == most) {
                break;
            }
            List<Placed> all = near.getOrDefault(candidate.id(), List.of());
            List<Placed> fresh =
                    all.stream().filter(one -> !told.contains(one.passage)).toList();
            // If the passage itself was deleted, its context answers nothing.
            if (fresh.stream().anyMatch(one -> one.passage.equals(candidate.id()))) {
                fresh.forEach(one -> told.add(one.passage));
                exchanges.add(new Exchange(
                        candidate.conversation(),
                        fresh.stream()
                                .filter(one -> one.passage.equals(candidate.id()))
                                .map(one -> one.line.messageId())
                                .toList(),
                        ranker.score(candidate),
                        fresh.stream().map(Placed::line).toList()));
            }
        }
        return exchanges;
    }
}
