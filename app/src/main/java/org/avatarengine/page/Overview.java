package org.avatarengine.page;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.avatarengine.graph.CypherName;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Row;
import org.avatarengine.people.Conversations;
import org.avatarengine.server.Api;

/** The first view: how much there is, over time, with whom, and what to do next. */
final class Overview {
    private static final int TOP = 8;
    private static final int RECENT = 8;

    private static final String MONTHS = """
            MATCH (m:Message) WHERE m.sentAt IS NOT NULL
            RETURN m.sentAt.year * 100 + m.sentAt.month AS month, count(m) AS messages,
                   sum(CASE WHEN m.fromOwner THEN 1 ELSE 0 END) AS own
            ORDER BY month""";

    private static final String LATEST = """
            MATCH (c:Conversation)<-[:SENT_TO]-(m:Message) WHERE m.sentAt IS NOT NULL
            WITH c, count(m) AS messages, max(m.sentAt) AS last ORDER BY last DESC LIMIT $n
            RETURN c.id AS id, c:GroupChat AS group, c:Recording AS recording, messages, last,
                   """ + Conversations.NAME + " AS name";

    /**
     * What the first view shows.
     *
     * @param graph where the data is
     * @param portraits how many people have been analyzed
     */
    record Summary(
            String graph,
            long people,
            long conversations,
            long messages,
            long recordings,
            long portraits,
            List<Month> months,
            List<PeopleView.Entry> top,
            List<Latest> latest,
            List<NextStep> next) {}

    /** How many messages a month saw ({@code 2024-05}), and how many of them are the owner's. */
    record Month(String month, long messages, long own) {}

    /** A conversation with new messages. */
    record Latest(String id, String name, boolean group, boolean recording, long messages, Instant last) {}

    private final Graph graph;
    private final Kept kept;
    private final PeopleView people;

    Overview(Graph graph, Kept kept, PeopleView people) {
        this.graph = graph;
        this.kept = kept;
        this.people = people;
    }

    void endpoints(Api api) {
        api.get("/api/overview", "How much there is, over time, with whom, and what to do next")
                .answers(Summary.class, call -> summary());
    }

    /** What takes long to count. */
    private record Counted(List<Month> months, List<Latest> latest) {}

    Summary summary() {
        Counted counted = kept.get(Counted.class, this::compute);
        List<PeopleView.Entry> everyone = people.all();
        return new Summary(
                graph.place(),
                everyone.size(),
                count("Conversation"),
                count("Message"),
                count("Recording"),
                everyone.stream().filter(PeopleView.Entry::analyzed).count(),
                counted.months,
                everyone.stream()
                        .filter(entry -> !entry.owner() && entry.sent() > 0)
                        .limit(TOP)
                        .toList(),
                counted.latest,
                NextStep.of(graph));
    }

    private Counted compute() {
        List<Month> months = new ArrayList<>();
        graph.read(MONTHS, Map.of(), row -> {
            long month = row.number("month");
            months.add(new Month(
                    String.format(java.util.Locale.ROOT, "%04d-%02d", month / 100, month % 100),
                    row.number("messages"),
                    row.number("own")));
        });
        return new Counted(
                months,
                graph.read(LATEST, Map.of("n", RECENT)).stream()
                        .map(Overview::latest)
                        .toList());
    }

    private static Latest latest(Row row) {
        Instant last = row.time("last");
        return new Latest(
                row.requireText("id"),
                row.requireText("name"),
                row.isTrue("group"),
                row.isTrue("recording"),
                row.number("messages"),
                last == null ? Instant.EPOCH : last);
    }

    private long count(String label) {
        return graph.read("MATCH (n:" + CypherName.of(label).text() + ") RETURN count(n) AS n", Map.of())
                .getFirst()
                .number("n");
    }
}
