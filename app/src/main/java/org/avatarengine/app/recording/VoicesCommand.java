package org.avatarengine.app.recording;

import java.util.List;
import org.avatarengine.app.print.Json;
import org.avatarengine.app.print.JsonOutput;
import org.avatarengine.app.print.JsonOutput.Form;
import org.avatarengine.app.print.Table;
import org.avatarengine.app.services.GraphCommand;
import org.avatarengine.app.services.InputException;
import org.avatarengine.graph.Graph;
import org.avatarengine.people.People;
import org.avatarengine.people.Person;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@JsonOutput(value = VoicesCommand.Kept.class, form = Form.LIST)
@Command(
        name = "voices",
        mixinStandardHelpOptions = true,
        description = {"Lists the people whose voices are stored.", "With --delete, it deletes one of the voices first."
        })
final class VoicesCommand extends GraphCommand {
    @Option(names = "--delete", paramLabel = "NAME", description = "Delete the voice of this person.")
    @Nullable
    String delete;

    /** A stored voice. */
    record Kept(String person, String name, String encoder, double seconds) {}

    @Override
    protected int run(Graph graph) {
        People people = new People(graph);
        if (delete != null) {
            Person person = people.find(delete);
            if (!services().voiceprints().delete(person.id())) {
                throw new InputException("No voice of " + person.name()
                        + " is stored. Run `avatar recordings voices` to see the stored voices.");
            }
        }
        List<Person> everyone = people.all();
        List<Kept> kept = services().voiceprints().all().stream()
                .map(voice -> new Kept(
                        voice.person(),
                        everyone.stream()
                                .filter(p -> p.id().equals(voice.person()))
                                .findFirst()
                                .map(Person::name)
                                .orElse("a person who is not in the graph"),
                        voice.encoder(),
                        voice.seconds()))
                .toList();
        if (options.json) {
            Json.print(out(), kept);
            return 0;
        }
        Table table = new Table("Voice of", ">Seconds", "Model");
        kept.forEach(voice -> table.row(voice.name(), Math.round(voice.seconds()), voice.encoder()));
        table.print(out());
        return 0;
    }
}
