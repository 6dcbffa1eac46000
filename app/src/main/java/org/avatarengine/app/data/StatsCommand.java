package org.avatarengine.app.data;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.avatarengine.app.print.Dates;
import org.avatarengine.app.print.Json;
import org.avatarengine.app.print.JsonOutput;
import org.avatarengine.app.print.ReaderLocale;
import org.avatarengine.app.print.Table;
import org.avatarengine.app.services.GraphCommand;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Row;
import org.avatarengine.graph.vocabulary.CypherName;
import org.avatarengine.graph.vocabulary.Labels;
import org.avatarengine.people.Conversations;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

@JsonOutput(StatsCommand.Stats.class)
@Command(name = "stats", mixinStandardHelpOptions = true, description = "Counts what is stored in the graph.")
public final class StatsCommand extends GraphCommand {
    private static final List<Kind> KINDS = List.of(
            new Kind(Labels.PERSON, "People"),
            new Kind(Labels.HANDLE, "Addresses"),
            new Kind(Labels.CONVERSATION, "Conversations"),
            new Kind(Labels.GROUP_CHAT, "Group chats"),
            new Kind(Labels.MESSAGE, "Messages"),
            new Kind(Labels.EDIT, "Edits"),
            new Kind(Labels.REACTION, "Reactions"),
            new Kind(Labels.ATTACHMENT, "Attachments"),
            new Kind(Labels.APP_CONTENT, "App contents"),
            new Kind(Labels.GROUP_CHANGE, "Group changes"),
            new Kind(Labels.SOURCE, "Sources"));

    /** A label of the graph, and the name that a user sees. */
    private record Kind(CypherName label, String shown) {}

    /** The output of {@code --json}. */
    record Stats(
            String graph,
            List<Count> nodes,
            List<Count> messagesByService,
            List<Count> messagesByYear,
            @Nullable Instant firstMessage,
            @Nullable Instant lastMessage,
            List<Count> largestConversations) {}

    /** A name and its count. */
    record Count(String name, long count) {}

    @Override
    protected int run(Graph graph) {
        Stats stats = read(graph);
        if (options.json) {
            Json.print(out(), stats);
        } else {
            print(out(), stats);
        }
        return 0;
    }

    private static Stats read(Graph graph) {
        List<Count> nodes = KINDS.stream()
                .map(kind -> new Count(
                        kind.label.text(),
                        graph.read("MATCH (n:" + kind.label.text() + ") RETURN count(n) AS n", Map.of())
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
        out.println("Period " + Dates.day(stats.firstMessage()) + " to " + Dates.day(stats.lastMessage()));
        out.println();
        Table nodes = new Table("Stored", ">Count");
        for (int i = 0; i < KINDS.size(); i++) {
            nodes.row(KINDS.get(i).shown, stats.nodes().get(i).count());
        }
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
                .map(c -> c.name() + " " + String.format(ReaderLocale.get(), "%,d", c.count()))
                .collect(Collectors.joining(", "));
    }
}
