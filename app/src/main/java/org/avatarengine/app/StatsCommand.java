package org.avatarengine.app;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.avatarengine.graph.CypherName;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Row;
import org.avatarengine.people.Conversations;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

@Command(name = "stats", mixinStandardHelpOptions = true, description = "Counts what the graph holds.")
final class StatsCommand extends GraphCommand {
    private static final List<String> LABELS = List.of(
            "Person",
            "Handle",
            "Conversation",
            "GroupChat",
            "Message",
            "Edit",
            "Reaction",
            "Attachment",
            "AppContent",
            "GroupChange",
            "Source");

    /** The counts, as {@code --json} prints them. */
    record Stats(
            String graph,
            List<Count> nodes,
            List<Count> messagesByService,
            List<Count> messagesByYear,
            @Nullable Instant firstMessage,
            @Nullable Instant lastMessage,
            List<Count> largestConversations) {}

    /** A name and how many there are of it. */
    record Count(String name, long count) {}

    @Override
    int run(Graph graph) {
        Stats stats = read(graph);
        if (common.json) {
            Json.print(out(), stats);
        } else {
            print(out(), stats);
        }
        return 0;
    }

    private static Stats read(Graph graph) {
        List<Count> nodes = LABELS.stream()
                .map(label -> new Count(
                        label,
                        graph.read("MATCH (n:" + CypherName.of(label).text() + ") RETURN count(n) AS n", Map.of())
                                .getFirst()
                                .number("n")))
                .toList();
        Row span = graph.read("MATCH (m:Message) RETURN min(m.sentAt) AS first, max(m.sentAt) AS last", Map.of())
                .getFirst();
        return new Stats(
                graph.place(),
                nodes,
                counts(graph, "MATCH (m:Message) RETURN m.service AS name, count(m) AS n ORDER BY n DESC"),
                counts(
                        graph,
                        "MATCH (m:Message) WHERE m.sentAt IS NOT NULL"
                                + " RETURN toString(m.sentAt.year) AS name, count(m) AS n ORDER BY name"),
                span.time("first"),
                span.time("last"),
                counts(graph, """
                        MATCH (c:Conversation)
                        WITH c, COUNT { (:Message)-[:SENT_TO]->(c) } AS n ORDER BY n DESC LIMIT 10
                        WHERE n > 0
                        RETURN\s""" + Conversations.NAME + " AS name, n"));
    }

    private static List<Count> counts(Graph graph, String cypher) {
        return graph.read(cypher, Map.of()).stream()
                .map(row -> new Count(String.valueOf(row.text("name")), row.number("n")))
                .toList();
    }

    private static void print(PrintWriter out, Stats stats) {
        out.println("Graph  " + stats.graph());
        out.println(
                "Span   " + PeopleCommand.day(stats.firstMessage()) + " to " + PeopleCommand.day(stats.lastMessage()));
        out.println();
        Table nodes = new Table("Kind", ">Count");
        stats.nodes().forEach(count -> nodes.row(count.name(), count.count()));
        nodes.print(out);
        out.println();
        out.println("Messages by service  " + joined(stats.messagesByService()));
        out.println("Messages by year     " + joined(stats.messagesByYear()));
        out.println();
        Table largest = new Table("Largest conversations", ">Messages");
        stats.largestConversations().forEach(count -> largest.row(count.name(), count.count()));
        largest.print(out);
    }

    private static String joined(List<Count> counts) {
        return counts.stream()
                .map(c -> c.name() + " " + String.format(Locale.ROOT, "%,d", c.count()))
                .collect(Collectors.joining(", "));
    }
}
