package org.avatarengine.app;

import java.time.Clock;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.avatarengine.embedding.OnnxEncoder;
import org.avatarengine.graph.Graph;
import org.avatarengine.memory.Exchange;
import org.avatarengine.memory.Memory;
import org.avatarengine.memory.Question;
import org.avatarengine.text.OwnText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "recall",
        mixinStandardHelpOptions = true,
        description = {
            "Finds what a person and a partner said that answers a question, by words and by meaning.",
            "Only what both were there for is searched. New messages are taken in first."
        })
final class RecallCommand extends GraphCommand {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMM yyyy HH:mm", Locale.ENGLISH);

    @Parameters(index = "0", paramLabel = "NAME", description = "Whose memory: a name or part of one, or \"me\".")
    String name = "";

    @Parameters(index = "1", paramLabel = "QUESTION", description = "What to look for.")
    String question = "";

    @Option(names = "--as", paramLabel = "PARTNER", description = "Who asks (default: you).")
    String partner = "me";

    @Option(
            names = "--all-memory",
            description = "Search all conversations of NAME, not only those that the partner was there for.")
    boolean everything;

    @Option(names = "--top", paramLabel = "N", defaultValue = "5", description = "How many exchanges (default: 5).")
    int most;

    @Override
    int run(Graph graph) throws InterruptedException {
        Pair pair = Pair.find(graph, name, partner, "--as");
        if (most < 1) {
            throw new InputException("--top must be at least 1.");
        }
        try (OnnxEncoder encoder = Memories.encoder()) {
            Memories.fill(common, graph, encoder, common.display(err()));
            List<Exchange> exchanges = new Memory(graph, encoder, Clock.systemDefaultZone())
                    .recall(
                            new Question(
                                    question, pair.person().id(), pair.partner().id(), everything, null, null),
                            most);
            if (common.json) {
                Json.print(out(), exchanges);
            } else {
                print(exchanges, new RecordingLinks(graph, common.recordings()));
            }
        }
        return 0;
    }

    private void print(List<Exchange> exchanges, RecordingLinks links) {
        if (exchanges.isEmpty()) {
            out().println("Nothing on record.");
        }
        for (Exchange exchange : exchanges) {
            String link = links.of(exchange.lines().getFirst().messageId());
            out().println("── " + TIME.format(exchange.lines().getFirst().at().atZone(ZoneId.systemDefault()))
                    + (link == null ? "" : "  " + link));
            for (Exchange.Line line : exchange.lines()) {
                String mark = exchange.found().contains(line.messageId()) ? "> " : "  ";
                out().println(mark + line.name() + ": " + OwnText.oneLine(line.text()));
            }
        }
        out().flush();
    }
}
