package org.avatarengine.app;

import java.time.ZoneId;
import java.util.Set;
import org.avatarengine.analysis.Portrait;
import org.avatarengine.graph.Graph;
import org.avatarengine.people.People;
import org.avatarengine.people.Person;
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
    @Parameters(paramLabel = "NAME", description = "Who speaks: a name or part of one, an address, or \"me\".")
    String name = "";

    @Option(names = "--with", paramLabel = "PARTNER", description = "Whom they speak to (default: you).")
    String partner = "me";

    @Option(names = "--topic", paramLabel = "WORDS", description = "What they speak about.")
    @Nullable
    String topic;

    @Override
    int run(Graph graph) throws InterruptedException {
        People people = new People(graph);
        Person person = people.find(name);
        Person other = people.find(partner);
        if (person.id().equals(other.id())) {
            throw new InputException(person.name() + " cannot talk to themselves. Give another person with --with.");
        }
        ZoneId zone = ZoneId.systemDefault();
        Portrait portrait = Portraits.of(graph, common.dataFolder(), zone, Set.of(person.id()), new ProgressLine(err()))
                .portraits()
                .getFirst();
        PersonaPrompt.Prompt prompt = new PersonaPrompt(graph, zone).write(portrait, other, topic);
        if (common.json) {
            Json.print(out(), prompt);
        } else {
            out().print(prompt.text());
            out().flush();
        }
        return 0;
    }
}
