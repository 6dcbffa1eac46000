package org.avatarengine.app.people;

import java.util.List;
import org.avatarengine.app.print.Json;
import org.avatarengine.app.print.JsonOutput;
import org.avatarengine.app.print.JsonOutput.Form;
import org.avatarengine.app.services.GraphCommand;
import org.avatarengine.app.services.InputException;
import org.avatarengine.enrich.PersonFacts;
import org.avatarengine.enrich.PersonFacts.StoredFact;
import org.avatarengine.graph.Graph;
import org.avatarengine.people.People;
import org.avatarengine.people.Person;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@JsonOutput(value = StoredFact.class, form = Form.LIST)
@Command(
        name = "facts",
        mixinStandardHelpOptions = true,
        description = {
            "Lists, corrects and deletes the facts about a person.",
            "Claude finds them in messages (`avatar enrich`). What you correct or delete stays so: later runs do not"
                    + " change it. Facts that contradict each other are marked, and no avatar uses them."
        })
public final class FactsCommand extends GraphCommand {
    @Parameters(paramLabel = "NAME", description = "A name, an address or an id.")
    String name = "";

    @Option(names = "--correct", paramLabel = "N", description = "Correct the fact with this number in the list.")
    @Nullable
    Integer correct;

    @Option(
            names = "--to",
            paramLabel = "TEXT",
            description = "With --correct, what is true instead, such as Porto for \"Maya lives in Lisbon\".")
    @Nullable
    String to;

    @Option(names = "--delete", paramLabel = "N", description = "Delete the fact with this number in the list.")
    @Nullable
    Integer delete;

    @Override
    protected int run(Graph graph) {
        if ((correct == null) != (to == null) || (correct != null && delete != null)) {
            throw new InputException("Give --correct N --to TEXT, or --delete N, or neither to list the facts.");
        }
        Person person = new People(graph).find(name);
        PersonFacts facts = new PersonFacts(graph);
        List<StoredFact> all = facts.of(person.id());
        if (correct != null && to != null) {
            facts.correct(numbered(all, correct), to);
        }
        if (delete != null) {
            facts.delete(numbered(all, delete));
        }
        List<StoredFact> now = facts.of(person.id());
        if (options.json) {
            Json.print(out(), now);
            return 0;
        }
        if (now.isEmpty()) {
            err().println("No facts about " + person.name() + " are stored. Run `avatar enrich \"" + person.name()
                    + "\" --analyses summary` to find some.");
        }
        for (int i = 0; i < now.size(); i++) {
            out().println((i + 1) + ". " + EnrichmentText.line(now.get(i)));
        }
        out().flush();
        return 0;
    }

    private static StoredFact numbered(List<StoredFact> all, int number) {
        if (number < 1 || number > all.size()) {
            throw new InputException("There is no fact " + number + ". The list has " + all.size() + ".");
        }
        return all.get(number - 1);
    }
}
