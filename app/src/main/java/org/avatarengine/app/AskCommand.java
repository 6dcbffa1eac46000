package org.avatarengine.app;

import java.util.List;
import org.avatarengine.chat.Avatar;
import org.avatarengine.chat.Spoken;
import org.avatarengine.chat.Transcript;
import org.avatarengine.embedding.OnnxEncoder;
import org.avatarengine.graph.Graph;
import org.avatarengine.reply.Turn;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "ask",
        mixinStandardHelpOptions = true,
        description = "Says one thing to a person's avatar and prints what it answers.")
final class AskCommand extends GraphCommand {
    @Parameters(index = "0", paramLabel = "NAME", description = "Whose avatar: a name or part of one, or \"me\".")
    String name = "";

    @Parameters(index = "1", paramLabel = "TEXT", description = "What is said to it.")
    String text = "";

    @Option(names = "--as", paramLabel = "PARTNER", description = "Who says it (default: you).")
    String partner = "me";

    @Mixin
    AvatarSetting setting = new AvatarSetting();

    /** What {@code --json} prints. */
    record Answer(String disclosure, String avatarOf, String partner, Spoken spoken) {
        static Answer of(String person, String partner, Spoken spoken) {
            return new Answer(Transcript.disclosure(person), person, partner, spoken);
        }
    }

    @Override
    int run(Graph graph) throws InterruptedException {
        if (text.isBlank()) {
            throw new InputException("There is nothing to answer: the text is empty.");
        }
        Pair pair = Pair.find(graph, name, partner, "--as");
        AvatarSetting.requireConsent(graph, pair.person());
        try (OnnxEncoder encoder = Memories.encoder();
                Models models = new Models(common, graph, err(), setting.budget)) {
            var model = models.open(setting.model);
            Avatar avatar = setting.avatar(this, graph, encoder, pair, null, null);
            boolean streams = !common.json;
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
            if (common.json) {
                Json.print(out(), Answer.of(pair.person().name(), pair.partner().name(), spoken));
            } else {
                out().println(spoken.text().isEmpty() ? ChatLoop.SILENT : "");
                out().flush();
            }
        }
        return 0;
    }
}
