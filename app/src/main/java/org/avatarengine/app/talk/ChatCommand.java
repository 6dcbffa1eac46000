package org.avatarengine.app.talk;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.avatarengine.app.print.JsonOutput;
import org.avatarengine.app.print.JsonOutput.Form;
import org.avatarengine.app.services.GraphCommand;
import org.avatarengine.chat.LiveAvatar;
import org.avatarengine.chat.Transcript;
import org.avatarengine.graph.Graph;
import org.avatarengine.vault.DataFolder.Content;
import org.avatarengine.vectors.SentenceEncoder;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.completer.StringsCompleter;
import org.jline.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@JsonOutput(value = AskCommand.Answer.class, form = Form.LINES, when = "for a message")
@JsonOutput(value = ChatLoop.Note.class, form = Form.LINES, when = "for a command such as /model")
@JsonOutput(value = ChatLoop.Problem.class, form = Form.LINES, when = "if a message or command failed")
@Command(
        name = "chat",
        mixinStandardHelpOptions = true,
        description = {
            "Starts a chat with a person's avatar.",
            "The avatar recalls only conversations that the partner took part in.",
            "Type /help in the chat to see its commands. The chat is saved in the folder \"chats\" of the data folder.",
            "Without a terminal, it reads lines from standard input and answers each. With --json, each answer is a"
                    + " JSON object on one line."
        })
public final class ChatCommand extends GraphCommand {
    private static final DateTimeFormatter FILE = DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss", Locale.ROOT);

    @Parameters(
            paramLabel = "NAME",
            description = "The person whose avatar answers: a name or part of it, or \"me\"" + " for yourself.")
    String name = "";

    @Option(names = "--as", paramLabel = "PARTNER", description = "The person who chats with the avatar. Default: you.")
    String partner = "me";

    @Option(names = "--no-save", description = "Do not save the chat.")
    boolean noSave;

    @Mixin
    AvatarSetting setting = new AvatarSetting();

    /** The source of input lines; null at the end. */
    interface Input {
        @Nullable
        String line(String prompt) throws IOException;
    }

    @Override
    protected int run(Graph graph) throws InterruptedException, IOException {
        Pair pair = Pair.find(graph, name, partner, "--as");
        AvatarSetting.requireConsent(graph, pair.person());
        try (SentenceEncoder encoder = Memories.encoder(context);
                Models models = new Models(services(), graph, err(), setting.budget)) {
            var model = models.open(setting.model);
            LiveAvatar avatar = new LiveAvatar(graph, () -> {
                Pair current = pair.now(graph, "--as");
                AvatarSetting.requireConsent(graph, current.person());
                return setting.avatar(this, graph, encoder, current, null, null);
            });
            avatar.now();
            Instant now = Instant.now();
            Path folder = services().data().at(Content.CHATS);
            Path file = folder.resolve(FILE.format(now.atZone(ZoneId.systemDefault())) + ".json");
            Transcript transcript = Transcript.begin(
                    pair.person().id(),
                    pair.person().name(),
                    pair.partner().id(),
                    pair.partner().name(),
                    now);
            ChatLoop loop = new ChatLoop(
                    avatar, models, model, transcript, noSave ? null : file, context.folder(), out(), options.json);
            if (context.terminal().isInteractive() && !options.json) {
                try (Terminal terminal = context.terminal().forEditing()) {
                    loop.run(typed(terminal));
                }
            } else {
                BufferedReader in = context.terminal().input();
                loop.run(prompt -> in.readLine());
            }
        }
        return 0;
    }

    private Input typed(Terminal terminal) {
        LineReader reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .completer(new StringsCompleter(ChatLoop.COMMANDS))
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .build();
        if (!noSave) {
            reader.setVariable(LineReader.HISTORY_FILE, services().data().path().resolve("chats/.history"));
        }
        return prompt -> {
            try {
                return reader.readLine(prompt);
            } catch (UserInterruptException | EndOfFileException e) {
                return null;
            }
        };
    }
}
