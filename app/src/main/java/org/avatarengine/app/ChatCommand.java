package org.avatarengine.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.avatarengine.chat.Avatar;
import org.avatarengine.chat.Transcript;
import org.avatarengine.embedding.OnnxEncoder;
import org.avatarengine.graph.Graph;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.completer.StringsCompleter;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "chat",
        mixinStandardHelpOptions = true,
        description = {
            "Talks with a person's avatar. /help lists what can be done besides.",
            "It knows only what the partner was there for. The talk is kept in the folder \"chats\" of the data folder.",
            "Without a terminal it reads lines and answers each; with --json as one JSON object a line."
        })
final class ChatCommand extends GraphCommand {
    private static final DateTimeFormatter FILE = DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss", Locale.ROOT);

    @Parameters(paramLabel = "NAME", description = "Whose avatar: a name or part of one, or \"me\".")
    String name = "";

    @Option(names = "--as", paramLabel = "PARTNER", description = "Who talks to it (default: you).")
    String partner = "me";

    @Option(names = "--no-save", description = "Do not keep the talk.")
    boolean noSave;

    @Mixin
    AvatarSetting setting = new AvatarSetting();

    /** Where lines come from; null at the end. */
    interface Input {
        @Nullable
        String line(String prompt) throws IOException;
    }

    @Override
    int run(Graph graph) throws InterruptedException, IOException {
        Pair pair = Pair.find(graph, name, partner, "--as");
        AvatarSetting.requireConsent(graph, pair.person());
        try (OnnxEncoder encoder = Memories.encoder();
                Models models = new Models(common, graph, err(), setting.budget)) {
            var model = models.open(setting.model);
            Avatar avatar = setting.avatar(this, graph, encoder, pair, null, null);
            Instant now = Instant.now();
            Path folder = common.dataFolder().resolve("chats");
            Path file = folder.resolve(FILE.format(now.atZone(ZoneId.systemDefault())) + ".json");
            Transcript transcript = Transcript.begin(
                    pair.person().id(),
                    pair.person().name(),
                    pair.partner().id(),
                    pair.partner().name(),
                    now);
            ChatLoop loop = new ChatLoop(avatar, models, model, transcript, noSave ? null : file, out(), common.json);
            var console = System.console();
            if (console != null && console.isTerminal() && !common.json) {
                try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
                    loop.run(typed(terminal));
                }
            } else {
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
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
            reader.setVariable(LineReader.HISTORY_FILE, common.dataFolder().resolve("chats/.history"));
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
