package org.avatarengine.app;

import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.avatarengine.analysis.Portrait;
import org.avatarengine.embedding.OnnxEncoder;
import org.avatarengine.graph.Graph;
import org.avatarengine.memory.Facts;
import org.avatarengine.memory.Memory;
import org.avatarengine.memory.Question;
import org.avatarengine.persona.PersonaPrompt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "prompt",
        mixinStandardHelpOptions = true,
        description = {
            "Writes the instruction by which a language model speaks as a person.",
            "It quotes real messages: look at it before you give it to anybody."
        })
final class PromptCommand extends GraphCommand {
    /** How long the prompt may be. */
    static final int TOKENS = 8000;

    private static final int EXCHANGES = 6;
    private static final int FACTS = 12;

    @Parameters(paramLabel = "NAME", description = "Who speaks: a name or part of one, an address, or \"me\".")
    String name = "";

    @Option(names = "--with", paramLabel = "PARTNER", description = "Whom they speak to (default: you).")
    String partner = "me";

    @Option(names = "--topic", paramLabel = "WORDS", description = "What they speak about.")
    @Nullable
    String topic;

    @Override
    int run(Graph graph) throws InterruptedException {
        Pair pair = Pair.find(graph, name, partner, "--with");
        ZoneId zone = ZoneId.systemDefault();
        Portrait portrait = Portraits.of(
                        common,
                        graph,
                        common.dataFolder(),
                        zone,
                        Set.of(pair.person().id()),
                        common.display(err()))
                .portraits()
                .getFirst();
        Question question = pair.asks(topic == null ? "" : topic);
        PersonaPrompt.Material material = PersonaPrompt.Material.nothing(TOKENS);
        if (topic != null) {
            try (OnnxEncoder encoder = Memories.encoder()) {
                Memories.fill(common, graph, encoder, common.display(err()));
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
        if (common.json) {
            Json.print(out(), prompt);
        } else {
            out().print(prompt.text());
            out().flush();
        }
        return 0;
    }
}
