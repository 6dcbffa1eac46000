package org.avatarengine.app.people;

import java.util.List;
import java.util.Locale;
import org.avatarengine.app.print.Json;
import org.avatarengine.app.print.JsonOutput;
import org.avatarengine.app.print.JsonOutput.Form;
import org.avatarengine.app.print.Table;
import org.avatarengine.app.services.GraphCommand;
import org.avatarengine.app.services.InputException;
import org.avatarengine.graph.Graph;
import org.avatarengine.people.Nicknames;
import org.avatarengine.people.Nicknames.Stored;
import org.avatarengine.people.People;
import org.avatarengine.people.Person;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "nickname",
        mixinStandardHelpOptions = true,
        description = "Lists, adds and removes nicknames.",
        subcommands = {NicknameCommand.ListThem.class, NicknameCommand.Add.class, NicknameCommand.Remove.class})
public final class NicknameCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "Missing subcommand: " + String.join(", ", spec.subcommands().keySet()));
    }

    /** Prints the nicknames of a person. */
    private static void print(GraphCommand command, Graph graph, Person person) {
        List<Stored> all = new Nicknames(graph).of(person);
        if (command.options.json) {
            Json.print(command.out(), all);
            return;
        }
        if (all.isEmpty()) {
            command.err()
                    .println("No nickname of " + person.name()
                            + " is stored. Run `avatar analyze` to find nicknames in messages.");
        }
        Table table = new Table("Nickname", "Kind", "Used by", ">Count", "Method");
        all.forEach(n -> table.row(
                n.name(),
                n.kind().toLowerCase(Locale.ROOT),
                n.by() == null ? "" : n.by(),
                n.count() == 0 ? "" : n.count(),
                n.method()));
        if (!all.isEmpty()) {
            table.print(command.out());
        }
    }

    @JsonOutput(value = Stored.class, form = Form.LIST)
    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the nicknames of a person.")
    static final class ListThem extends GraphCommand {
        @Parameters(paramLabel = "NAME", description = "A name, an address or an id.")
        String name = "";

        @Override
        protected int run(Graph graph) {
            print(this, graph, new People(graph).find(name));
            return 0;
        }
    }

    @JsonOutput(value = Stored.class, form = Form.LIST)
    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            description = "Adds a nickname by which a person can be found.")
    static final class Add extends GraphCommand {
        @Parameters(index = "0", paramLabel = "NAME", description = "A name, an address or an id.")
        String name = "";

        @Parameters(index = "1", paramLabel = "NICKNAME", description = "The nickname to add.")
        String nickname = "";

        @Override
        protected int run(Graph graph) {
            if (nickname.isBlank()) {
                throw new InputException(
                        "The nickname is empty. Give one, such as: `avatar people nickname add NAME NICKNAME`.");
            }
            Person person = new People(graph).find(name);
            new Nicknames(graph).add(person, nickname.strip());
            print(this, graph, person);
            return 0;
        }
    }

    @JsonOutput(value = Stored.class, form = Form.LIST)
    @Command(
            name = "remove",
            mixinStandardHelpOptions = true,
            description = {"Removes a nickname of a person.", "Later analyses do not add it again."})
    static final class Remove extends GraphCommand {
        @Parameters(index = "0", paramLabel = "NAME", description = "A name, an address or an id.")
        String name = "";

        @Parameters(index = "1", paramLabel = "NICKNAME", description = "The nickname to remove.")
        String nickname = "";

        @Override
        protected int run(Graph graph) {
            Person person = new People(graph).find(name);
            new Nicknames(graph).remove(person, nickname.strip());
            print(this, graph, person);
            return 0;
        }
    }
}
