package org.avatarengine.app.talk;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.avatarengine.app.print.Json;
import org.avatarengine.app.print.JsonOutput;
import org.avatarengine.app.services.GraphCommand;
import org.avatarengine.app.services.InputException;
import org.avatarengine.chat.Avatar;
import org.avatarengine.chat.Spoken;
import org.avatarengine.chat.Transcript;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Row;
import org.avatarengine.people.People;
import org.avatarengine.people.Person;
import org.avatarengine.reply.Turn;
import org.avatarengine.text.OwnText;
import org.avatarengine.vectors.SentenceEncoder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@JsonOutput(AskCommand.Answer.class)
@Command(
        name = "reply",
        mixinStandardHelpOptions = true,
        description = {
            "Drafts a reply to a message in a person's style.",
            "The draft uses only older messages, and in a group only messages of that group.",
            "The draft is printed and sent to nobody."
        })
public final class ReplyCommand extends GraphCommand {
    private static final Duration TALK = Duration.ofHours(6);
    private static final int LINES = 12;

    private static final String MESSAGE = """
            MATCH (m:Message {id: $id})<-[:SENT]-(s:Person)
            MATCH (m)-[:SENT_TO]->(c:Conversation)
            RETURN s.id AS sender, m.sentAt AS at, m.text AS text, c.id AS conversation, c.group AS group
            ORDER BY conversation LIMIT 1""";

    private static final String BEFORE = """
            MATCH (:Conversation {id: $conversation})<-[:SENT_TO]-(m:Message)<-[:SENT]-(s:Person)
            WHERE coalesce(m.own, m.text, '') <> '' AND m.deletedAt IS NULL AND m.sentAt <= $at AND m.sentAt >= $from
            RETURN s.id AS sender, s.name AS name, s.owner AS owner, coalesce(m.own, m.text) AS text, m.sentAt AS at,
                   m.id AS id
            ORDER BY at DESC, id DESC LIMIT $n""";

    @Parameters(
            index = "0",
            paramLabel = "NAME",
            description = "The person who replies: a name or part of it, or \"me\" for yourself.")
    String name = "";

    @Option(
            names = "--to",
            paramLabel = "MESSAGE",
            required = true,
            description = "The id of the message to answer. `avatar recall --json` shows ids.")
    String message = "";

    @Mixin
    AvatarSetting setting = new AvatarSetting();

    @Override
    protected int run(Graph graph) throws InterruptedException {
        People people = new People(graph);
        Person person = people.find(name);
        Row row = graph.read(MESSAGE, Map.of("id", message)).stream()
                .findFirst()
                .orElseThrow(() -> new InputException("There is no message with the id " + message
                        + ". Run `avatar recall NAME QUESTION --json` to find ids."));
        Instant at = row.time("at");
        String text = row.text("text");
        if (at == null || text == null || text.isBlank()) {
            throw new InputException("The message " + message + " has no text or no time, so it cannot be answered.");
        }
        if (row.requireText("sender").equals(person.id())) {
            throw new InputException(person.name() + " wrote this message. Give a message that they received.");
        }
        AvatarSetting.requireConsent(graph, person);
        Pair pair = new Pair(person, people.find(row.requireText("sender")));
        List<Turn> turns = turns(graph, row, at, person);
        try (SentenceEncoder encoder = Memories.encoder(context);
                Models models = new Models(services(), graph, err(), setting.budget)) {
            var model = models.open(setting.model);
            Avatar avatar = setting.avatar(
                    this, graph, encoder, pair, row.isTrue("group") ? row.requireText("conversation") : null, at);
            Spoken spoken = avatar.answer(turns, model, piece -> {});
            if (options.json) {
                Json.print(
                        out(),
                        AskCommand.Answer.of(person.name(), pair.partner().name(), spoken));
            } else {
                err().println(Transcript.disclosure(person.name()));
                out().println(spoken.text().isEmpty() ? ChatLoop.SILENT : spoken.text());
            }
        }
        return 0;
    }

    /** The messages before the message, and the message itself. */
    private static List<Turn> turns(Graph graph, Row message, Instant at, Person person) {
        Map<String, Object> parameters = Map.of(
                "conversation", message.requireText("conversation"), "at", at, "from", at.minus(TALK), "n", LINES);
        List<Turn> turns = new ArrayList<>();
        boolean group = message.isTrue("group");
        graph.read(BEFORE, parameters, row -> {
            boolean own = row.requireText("sender").equals(person.id());
            String text = OwnText.written(row.requireText("text"));
            String who = Person.called(row.text("name"), row.isTrue("owner")) + ": ";
            if (!text.isEmpty()) {
                turns.addFirst(new Turn(own, group && !own ? who + text : text));
            }
        });
        return turns;
    }
}
