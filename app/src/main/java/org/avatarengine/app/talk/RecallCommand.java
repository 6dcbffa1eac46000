package org.avatarengine.app.talk;

import java.time.Clock;
import java.util.List;
import org.avatarengine.app.print.Dates;
import org.avatarengine.app.print.Json;
import org.avatarengine.app.print.JsonOutput;
import org.avatarengine.app.print.JsonOutput.Form;
import org.avatarengine.app.recording.RecordingLinks;
import org.avatarengine.app.services.GraphCommand;
import org.avatarengine.app.services.InputException;
import org.avatarengine.graph.Graph;
import org.avatarengine.memory.Exchange;
import org.avatarengine.memory.Memory;
import org.avatarengine.memory.RecallQuery;
import org.avatarengine.text.OwnText;
import org.avatarengine.vectors.SentenceEncoder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@JsonOutput(value = Exchange.class, form = Form.LIST)
@Command(
        name = "recall",
        mixinStandardHelpOptions = true,
        description = {
            "Finds passages in conversations that answer a question.",
            "It searches by words and by meaning, in the conversations that both people took part in.",
            "New messages are added to the memory first."
        })
public final class RecallCommand extends GraphCommand {

    @Parameters(
            index = "0",
            paramLabel = "NAME",
            description = "The person whose memory is searched: a name or part of it, or \"me\" for yourself.")
    String name = "";

    @Parameters(
            index = "1",
            paramLabel = "QUESTION",
            description = "The question, such as \"When did we have lunch?\".")
    String question = "";

    @Option(names = "--as", paramLabel = "PARTNER", description = "The person who asks. Default: you.")
    String partner = "me";

    @Option(
            names = "--all-memory",
            description = "Search all conversations of NAME, not only those that the partner took part in.")
    boolean everything;

    @Option(
            names = "--top",
            paramLabel = "N",
            defaultValue = "5",
            description = "Show at most N passages. Default: ${DEFAULT-VALUE}.")
    int most;

    @Override
    protected int run(Graph graph) throws InterruptedException {
        Pair pair = Pair.find(graph, name, partner, "--as");
        if (most < 1) {
            throw new InputException("--top must be at least 1.");
        }
        try (SentenceEncoder encoder = Memories.encoder(context)) {
            Memories.fill(services(), graph, encoder, services().display(err()));
            List<Exchange> exchanges = new Memory(graph, encoder, Clock.systemDefaultZone())
                    .recall(
                            new RecallQuery(
                                    question, pair.person().id(), pair.partner().id(), everything, null, null),
                            most);
            if (options.json) {
                Json.print(out(), exchanges);
            } else {
                print(exchanges, new RecordingLinks(graph, services().recordings()));
            }
        }
        return 0;
    }

    private void print(List<Exchange> exchanges, RecordingLinks links) {
        if (exchanges.isEmpty()) {
            out().println("No matching messages found.");
        }
        for (Exchange exchange : exchanges) {
            String link = links.of(exchange.lines().getFirst().messageId());
            out().println("── " + Dates.minute(exchange.lines().getFirst().at()) + (link == null ? "" : "  " + link));
            for (Exchange.Line line : exchange.lines()) {
                String mark = exchange.found().contains(line.messageId()) ? "> " : "  ";
                out().println(mark + line.name() + ": " + OwnText.oneLine(line.text()));
            }
        }
        out().flush();
    }
}
