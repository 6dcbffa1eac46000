package org.avatarengine.page;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Row;
import org.avatarengine.graph.vocabulary.CypherName;
import org.avatarengine.graph.vocabulary.Labels;
import org.avatarengine.people.Conversations;
import org.avatarengine.server.Api;

/** The first view: totals, messages by month, the most active people, the latest conversations and next steps. */
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
     * The data of the first view.
     *
     * @param graph where the graph is stored
     * @param portraits the number of people with a portrait
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

    /** The number of messages in a month, such as {@code 2024-05}; {@code own} is the owner's part. */
    record Month(String month, long messages, long own) {}

    /** A conversation with new messages. */
    record Latest(String id, String name, boolean group, boolean recording, long messages, Instant last) {}

    private final Graph graph;
    private final GraphCache kept;
    private final PeopleView people;

    Overview(Graph graph, GraphCache kept, PeopleView people) {
        this.graph = graph;
        this.kept = kept;
        this.people = people;
    }

    void endpoints(Api api) {
        api.get(
                        "/api/overview",
                        "Totals, messages by month, the most active people, the latest conversations and next steps")
                .answers(Summary.class, call -> summary());
    }

    /** The values that are slow to count. */
    private record Counted(List<Month> months, List<Latest> latest) {}

    Summary summary() {
        Counted counted = kept.get(Counted.class, this::compute);
        List<PeopleView.Entry> everyone = people.all();
        return new Summary(
                graph.place(),
                everyone.size(),
                count(Labels.CONVERSATION),
                count(Labels.MESSAGE),
                count(Labels.RECORDING),
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

    private long count(CypherName label) {
        return graph.read("MATCH (n:" + label.text() + ") RETURN count(n) AS n", Map.of())
                .getFirst()
                .number("n");
    }
}
