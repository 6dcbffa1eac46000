package org.avatarengine.app.talk;

import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import org.avatarengine.analysis.Portrait;
import org.avatarengine.app.people.Portraits;
import org.avatarengine.app.print.Json;
import org.avatarengine.app.print.JsonOutput;
import org.avatarengine.app.services.GraphCommand;
import org.avatarengine.graph.Graph;
import org.avatarengine.memory.Facts;
import org.avatarengine.memory.Memory;
import org.avatarengine.memory.RecallQuery;
import org.avatarengine.persona.PersonaPrompt;
import org.avatarengine.vectors.SentenceEncoder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@JsonOutput(PersonaPrompt.Prompt.class)
@Command(
        name = "prompt",
        mixinStandardHelpOptions = true,
        description = {
            "Prints the prompt that makes a language model write as a person.",
            "The prompt quotes real messages. Read it before you share it."
        })
public final class PromptCommand extends GraphCommand {
    /** The most tokens a prompt may have. */
    public static final int TOKENS = 8000;

    private static final int EXCHANGES = 6;
    private static final int FACTS = 12;

    @Parameters(
            paramLabel = "NAME",
            description = "The person who writes: a name or part of it, an address, or \"me\" for yourself.")
    String name = "";

    @Option(names = "--with", paramLabel = "PARTNER", description = "The person they write to. Default: you.")
    String partner = "me";

    @Option(
            names = "--topic",
            paramLabel = "WORDS",
            description = "What they write about, such as lunch. Adds passages and facts about it.")
    @Nullable
    String topic;

    @Override
    protected int run(Graph graph) throws InterruptedException {
        Pair pair = Pair.find(graph, name, partner, "--with");
        ZoneId zone = ZoneId.systemDefault();
        Portrait portrait =
                Portraits.of(services(), graph, pair.person(), services().display(err()), err()::println);
        RecallQuery question = pair.asks(topic == null ? "" : topic);
        PersonaPrompt.Material material = PersonaPrompt.Material.nothing(TOKENS);
        if (topic != null) {
            try (SentenceEncoder encoder = Memories.encoder(context)) {
                Memories.fill(services(), graph, encoder, services().display(err()));
                material = new PersonaPrompt.Material(
                        topic,
                        new Memory(graph, encoder, Clock.systemDefaultZone()).recall(question, EXCHANGES),
                        List.of(),
                        new Facts(graph).about(question, FACTS),
                        TOKENS);
            }
        }
        PersonaPrompt.Prompt prompt =
                new PersonaPrompt(graph, zone, portrait, pair.partner(), question).write(material);
        if (options.json) {
            Json.print(out(), prompt);
        } else {
            out().print(prompt.text());
            out().flush();
        }
        return 0;
    }
}
