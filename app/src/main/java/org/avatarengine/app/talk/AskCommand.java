package org.avatarengine.app.talk;

import java.util.List;
import org.avatarengine.app.print.Json;
import org.avatarengine.app.print.JsonOutput;
import org.avatarengine.app.services.GraphCommand;
import org.avatarengine.app.services.InputException;
import org.avatarengine.chat.Avatar;
import org.avatarengine.chat.Spoken;
import org.avatarengine.chat.Transcript;
import org.avatarengine.graph.Graph;
import org.avatarengine.reply.Turn;
import org.avatarengine.vectors.SentenceEncoder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@JsonOutput(AskCommand.Answer.class)
@Command(
        name = "ask",
        mixinStandardHelpOptions = true,
        description = "Sends one message to a person's avatar and prints the answer.")
public final class AskCommand extends GraphCommand {
    @Parameters(
            index = "0",
            paramLabel = "NAME",
            description = "The person whose avatar answers: a name or part of it, or \"me\" for yourself.")
    String name = "";

    @Parameters(index = "1", paramLabel = "TEXT", description = "The message to the avatar.")
    String text = "";

    @Option(names = "--as", paramLabel = "PARTNER", description = "The person who sends the message. Default: you.")
    String partner = "me";

    @Mixin
    AvatarSetting setting = new AvatarSetting();

    /** The output of {@code --json}. */
    record Answer(String disclosure, String avatarOf, String partner, Spoken spoken) {
        static Answer of(String person, String partner, Spoken spoken) {
            return new Answer(Transcript.disclosure(person), person, partner, spoken);
        }
    }

    @Override
    protected int run(Graph graph) throws InterruptedException {
        if (text.isBlank()) {
            throw new InputException("The message is empty. Give a text to answer.");
        }
        Pair pair = Pair.find(graph, name, partner, "--as");
        AvatarSetting.requireConsent(graph, pair.person());
        try (SentenceEncoder encoder = Memories.encoder(context);
                Models models = new Models(services(), graph, err(), setting.budget)) {
            var model = models.open(setting.model);
            Avatar avatar = setting.avatar(this, graph, encoder, pair, null, null);
            boolean streams = !options.json;
            if (streams) {
                out().print(pair.person().name() + " (avatar): ");
                out().flush();
            }
            Spoken spoken = avatar.answer(List.of(new Turn(false, text)), model, piece -> {
                if (streams) {
                    out().print(piece);
                    out().flush();
                }
            });
            if (options.json) {
                Json.print(out(), Answer.of(pair.person().name(), pair.partner().name(), spoken));
            } else {
                out().println(spoken.text().isEmpty() ? ChatLoop.SILENT : "");
                out().flush();
            }
        }
        return 0;
    }
}
