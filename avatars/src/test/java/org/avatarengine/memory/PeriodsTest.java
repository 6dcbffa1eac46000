package org.avatarengine.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.avatarengine.graph.EmbeddedGraph;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Schema;

/** Periods as they are read from a graph, compared with their definition. */
class PeriodsTest {
    private static final Instant BEGIN = Instant.parse("2024-01-01T00:00:00Z");
    private static final int SECONDS = 12;
    private static final List<String> PEOPLE = List.of("p0", "p1", "p2");

    private static Path folder;
    private static Graph graph;
    private static int conversations;

    /** @param second when it happened, since {@link #BEGIN}; -1 if that is unknown */
    private record Change(String kind, int second, String who) {
        boolean counts() {
            return second >= 0 && kind.startsWith("MEMBER_");
        }

        boolean joins() {
            return kind.equals("MEMBER_ADDED");
        }

        Instant at() {
            return BEGIN.plusSeconds(second);
        }
    }

    @BeforeContainer
    static void open() throws IOException {
        folder = Files.createTempDirectory("periods");
        graph = EmbeddedGraph.open(folder);
        Schema.migrate(graph);
        graph.write(t -> t.run("UNWIND $ids AS id CREATE (:Person {id: id})", Map.of("ids", PEOPLE)));
    }

    @AfterContainer
    static void close() throws IOException {
        graph.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Many changes are of the same second, and some are of a kind or a time that begins no period. */
    @Provide
    Arbitrary<List<Change>> changes() {
        return Combinators.combine(
                        Arbitraries.of("MEMBER_ADDED", "MEMBER_REMOVED", "MEMBER_LEFT", "MEMBER_ADDED", "RENAMED"),
                        Arbitraries.integers().between(-1, SECONDS),
                        Arbitraries.of(PEOPLE))
                .as(Change::new)
                .list()
                .ofMaxSize(25);
    }

    private static String store(List<Change> changes) {
        String conversation = "c" + conversations++;
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            Change change = changes.get(i);
            Map<String, Object> row = new HashMap<>(Map.of(
                    "id",
                    String.format("%sg%02d", conversation, i),
                    "kind",
                    change.kind,
                    "who",
                    change.who,
                    "link",
                    change.kind.equals("MEMBER_LEFT") ? "MADE_BY" : "CONCERNS"));
            if (change.second >= 0) {
                row.put("at", change.at());
            }
            rows.add(row);
        }
        graph.write(t -> t.run("""
                CREATE (c:Conversation {id: $id}) WITH c UNWIND $rows AS row
                MATCH (p:Person {id: row.who})
                CREATE (g:GroupChange {id: row.id, kind: row.kind, at: row.at})-[:HAPPENED_IN]->(c)
                FOREACH (x IN CASE row.link WHEN 'MADE_BY' THEN [1] ELSE [] END | CREATE (g)-[:MADE_BY]->(p))
                FOREACH (x IN CASE row.link WHEN 'MADE_BY' THEN [] ELSE [1] END | CREATE (g)-[:CONCERNS]->(p))""", Map.of("id", conversation, "rows", rows)));
        return conversation;
    }

    @Property(tries = 150)
    void aPeriodIsTheNumberOfChangesUntilThen(@ForAll("changes") List<Change> changes) {
        String conversation = store(changes);
        Periods periods = Periods.of(graph, Set.of(conversation));
        for (int second = -1; second <= SECONDS + 1; second++) {
            for (int nanos = 0; nanos <= 1; nanos++) {
                Instant when = BEGIN.plusSeconds(second).plusNanos(nanos);
                long linear = changes.stream()
                        .filter(change -> change.counts() && !change.at().isAfter(when))
                        .count();
                assertThat(periods.at(conversation, when)).as("at %s", when).isEqualTo(linear);
            }
        }
    }

    @Property(tries = 150)
    void peopleStayTogetherWhereverAllOfThemAreThere(@ForAll("changes") List<Change> changes) {
        String conversation = store(changes);
        Periods periods = Periods.of(graph, Set.of(conversation));
        List<Change> ordered = changes.stream()
                .filter(Change::counts)
                .sorted(Comparator.comparingInt(Change::second))
                .toList();
        for (Set<String> people : List.of(Set.of("p0"), Set.of("p0", "p1"), Set.of("p0", "p1", "p2"))) {
            List<MembershipSpan> stays = periods.stays(conversation, people);
            for (int period = -1; period <= ordered.size() + 1; period++) {
                int now = period;
                boolean together = period >= 0
                        && period <= ordered.size()
                        && people.stream().allMatch(one -> isThere(one, ordered, now));
                assertThat(stays.stream().filter(stay -> stay.covers(conversation, now)))
                        .as("period %d of %s", period, people)
                        .hasSize(together ? 1 : 0);
            }
            IntStream.range(1, stays.size())
                    .forEach(i -> assertThat(stays.get(i).from())
                            .as("stays are in order and do not touch")
                            .isGreaterThan(stays.get(i - 1).to() + 1));
        }
    }

    /** By the last change before the period; without one, the opposite of the first change after it. */
    private static boolean isThere(String one, List<Change> ordered, int period) {
        List<Change> before = ordered.subList(0, period).stream()
                .filter(change -> change.who.equals(one))
                .toList();
        if (!before.isEmpty()) {
            return before.getLast().joins();
        }
        return ordered.stream()
                .filter(change -> change.who.equals(one))
                .findFirst()
                .map(change -> !change.joins())
                .orElse(true);
    }

    /** A conversation that is read later is told apart from those read before. */
    @Property(tries = 30)
    void conversationsCanBeReadOneAfterTheOther(
            @ForAll("changes") List<Change> one, @ForAll("changes") List<Change> other) {
        String first = store(one);
        String second = store(other);
        Periods added = Periods.of(graph, Set.of(first));
        added.add(graph, Set.of(second));
        Periods together = Periods.of(graph, Set.of(first, second));
        for (String conversation : List.of(first, second)) {
            assertThat(added.stays(conversation, Set.of("p0", "p1")))
                    .isEqualTo(together.stays(conversation, Set.of("p0", "p1")));
            for (int s = -1; s <= SECONDS; s++) {
                Instant when = BEGIN.plusSeconds(s);
                assertThat(added.at(conversation, when)).isEqualTo(together.at(conversation, when));
            }
        }
    }
}
