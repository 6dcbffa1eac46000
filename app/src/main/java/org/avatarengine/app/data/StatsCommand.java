package org.avatarengine.app.data;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.Comparator;
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
import org.avatarengine.graph.vocabulary.CypherName;
import org.avatarengine.graph.vocabulary.Labels;
import org.avatarengine.people.Conversations;
import org.avatarengine.people.MessageCounts;
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
    public record Stats(
            String graph,
            List<Count> nodes,
            List<Count> messagesByService,
            List<Count> messagesByYear,
            @Nullable Instant firstMessage,
            @Nullable Instant lastMessage,
            List<Count> largestConversations) {}

    /** A name and its count. */
    public record Count(String name, long count) {}

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

    /** Reads what the command shows. */
    public static Stats read(Graph graph) {
        List<Count> nodes = KINDS.stream()
                .map(kind -> new Count(
                        kind.label.text(),
                        graph.read("MATCH (n:" + kind.label.text() + ") RETURN count(n) AS n", Map.of())
                                .getFirst()
                                .number("n")))
                .toList();
        MessageCounts counts = MessageCounts.of(graph);
        Map<String, Long> largest = counts.largest();
        List<Count> named = graph
                .read(
                        "MATCH (c:Conversation) WHERE c.id IN $ids RETURN c.id AS id, " + Conversations.NAME
                                + " AS name",
                        Map.of("ids", List.copyOf(largest.keySet())))
                .stream()
                .map(row ->
                        new Count(String.valueOf(row.text("name")), largest.getOrDefault(row.requireText("id"), 0L)))
                .sorted(Comparator.comparingLong(Count::count).reversed().thenComparing(Count::name))
                .toList();
        return new Stats(
                graph.place(),
                nodes,
                counted(counts.byService()).stream()
                        .sorted(Comparator.comparingLong(Count::count)
                                .reversed()
                                .thenComparing(Count::name))
                        .toList(),
                counted(counts.byYear()),
                counts.first(),
                counts.last(),
                named);
    }

    private static List<Count> counted(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .map(one -> new Count(one.getKey(), one.getValue()))
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
