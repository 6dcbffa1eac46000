package org.avatarengine.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.avatarengine.chat.Avatar;
import org.avatarengine.chat.Spoken;
import org.avatarengine.chat.Transcript;
import org.avatarengine.failure.Failure;
import org.avatarengine.memory.Exchange;
import org.avatarengine.memory.Situation;
import org.avatarengine.reply.ReplyModel;
import org.avatarengine.text.OwnText;
import org.jspecify.annotations.Nullable;

/** A talk, line by line: what is said to the avatar, and commands that begin with a slash. */
final class ChatLoop {
    static final List<String> COMMANDS =
            List.of("/help", "/model", "/persona", "/why", "/save", "/load", "/reset", "/quit");

    /** What stands in place of an answer that a model does not have. */
    static final String SILENT = "(has nothing on record to answer from)";

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);
    private static final int QUOTED = 90;

    private final Avatar avatar;
    private final Models models;
    private final @Nullable Path file;
    private final PrintWriter out;
    private final boolean json;
    private ReplyModel model;
    private Transcript transcript;
    private @Nullable Spoken last;

    /** @param file where the talk is kept; null for nowhere */
    ChatLoop(
            Avatar avatar,
            Models models,
            ReplyModel model,
            Transcript transcript,
            @Nullable Path file,
            PrintWriter out,
            boolean json) {
        this.avatar = avatar;
        this.models = models;
        this.model = model;
        this.transcript = transcript;
        this.file = file;
        this.out = out;
        this.json = json;
    }

    void run(ChatCommand.Input input) throws IOException, InterruptedException {
        if (!json) {
            out.println("Avatar of " + transcript.personName() + ", talking with " + transcript.partnerName() + ", by "
                    + model.name() + ".");
            out.println(Transcript.disclosure(transcript.personName()) + " /help shows what you can do.");
            out.flush();
        }
        while (true) {
            String line = input.line(transcript.partnerName() + ": ");
            if (line == null || line.strip().equals("/quit")) {
                return;
            }
            try {
                if (line.strip().startsWith("/")) {
                    command(line.strip());
                } else if (!line.isBlank()) {
                    say(line.strip());
                }
            } catch (Failure | InputException e) {
                tell(String.valueOf(e.getMessage()));
            }
            out.flush();
        }
    }

    private void tell(String text) {
        if (json) {
            Json.line(out, Map.of("problem", text));
        } else {
            out.println(text);
        }
    }

    private void say(String text) throws IOException, InterruptedException {
        transcript.lines().add(new Transcript.Line(Instant.now(), false, text, null, List.of()));
        String speaker = transcript.personName() + " (avatar): ";
        if (!json) {
            out.print(speaker);
            out.flush();
        }
        Spoken spoken;
        try {
            spoken = avatar.answer(transcript.turns(), model, piece -> {
                if (!json) {
                    out.print(piece.replace("\n", "\n" + speaker));
                    out.flush();
                }
            });
        } catch (RuntimeException e) {
            // Without an answer it was not said: the same line can be sent again.
            transcript.lines().removeLast();
            if (!json) {
                out.println();
            }
            throw e;
        }
        last = spoken;
        if (json) {
            Json.line(out, AskCommand.Answer.of(transcript.personName(), transcript.partnerName(), spoken));
        } else {
            out.println(spoken.text().isEmpty() ? SILENT : "");
        }
        if (spoken.text().isEmpty()) {
            transcript.lines().removeLast();
            return;
        }
        transcript
                .lines()
                .add(new Transcript.Line(Instant.now(), true, spoken.text(), spoken.model(), spoken.sources()));
        if (file != null) {
            transcript.save(file);
        }
    }

    private void command(String line) throws IOException {
        String[] parts = line.split("\\s+", 2);
        String argument = parts.length > 1 ? parts[1].strip() : "";
        switch (parts[0]) {
            case "/help" -> help();
            case "/model" -> model(argument);
            case "/persona" ->
                tell(last == null ? avatar.persona(model.promptTokens()).text() : last.prompt());
            case "/why" -> why();
            case "/save" -> save(argument);
            case "/load" -> load(argument);
            case "/reset" -> {
                transcript = Transcript.begin(
                        transcript.person(),
                        transcript.personName(),
                        transcript.partner(),
                        transcript.partnerName(),
                        Instant.now());
                last = null;
                tell("A new talk begins.");
            }
            default -> tell("There is no " + parts[0] + ". /help shows what there is.");
        }
    }

    private void help() {
        tell("""
                /model [MODEL]  who writes: nearest, claude, claude:MODEL, or http://localhost:11434/v1#MODEL
                /persona        what the model is told
                /why            what the last answer was made from
                /save FILE      write this talk to a file
                /load [FILE]    go on with a talk; without a file, those kept
                /reset          begin a new talk
                /quit           end (or Ctrl-D)""");
    }

    private void model(String argument) {
        if (!argument.isEmpty()) {
            model = models.open(argument);
        }
        tell("Written by " + model.name() + ".");
    }

    private void why() {
        if (last == null) {
            tell("Nothing was answered yet.");
            return;
        }
        StringBuilder text =
                new StringBuilder("Written by " + last.model() + " from a prompt of about " + last.promptTokens()
                        + " tokens, which quotes " + last.sources().size() + " messages.");
        if (!last.written().equals(last.text())) {
            text.append("\nThe manner was mended; the model wrote: ").append(last.written());
        }
        text.append("\nAnswered before, when something like this was said:");
        for (Situation one : last.examples()) {
            text.append(String.format(
                    Locale.ROOT,
                    "%n  %.2f  %s  %s: %s → %s  [%s]",
                    one.likeness(),
                    day(one.at()),
                    one.speaker(),
                    shortened(one.cue()),
                    shortened(one.reply()),
                    one.messageIds().getLast()));
        }
        text.append("\nRemembered:");
        for (Exchange exchange : last.recalled()) {
            for (Exchange.Line line : exchange.lines()) {
                text.append(String.format(
                        Locale.ROOT,
                        "%n  %s %s  %s: %s  [%s]",
                        exchange.found().contains(line.messageId()) ? ">" : " ",
                        day(line.at()),
                        line.name(),
                        shortened(line.text()),
                        line.messageId()));
            }
        }
        if (!last.facts().isEmpty()) {
            text.append("\nFacts:");
            last.facts().forEach(fact -> text.append("\n  ").append(fact.text()));
        }
        tell(text.toString());
    }

    private static String day(Instant at) {
        return DAY.format(at.atZone(ZoneId.systemDefault()));
    }

    private static String shortened(String text) {
        String flat = OwnText.oneLine(text);
        return flat.length() <= QUOTED
                ? flat
                : flat.substring(0, flat.offsetByCodePoints(0, Math.min(QUOTED, flat.codePointCount(0, flat.length()))))
                        + "…";
    }

    private void save(String argument) throws IOException {
        if (argument.isEmpty()) {
            tell(file == null ? "Give a file: /save FILE" : "Kept in " + file + ". To another file: /save FILE");
            return;
        }
        try {
            transcript.save(Path.of(argument));
            tell("Saved to " + argument + ".");
        } catch (IOException e) {
            tell(argument + " cannot be written: " + e.getMessage());
        }
    }

    private void load(String argument) throws IOException {
        if (argument.isEmpty()) {
            list();
            return;
        }
        try {
            Transcript loaded = Transcript.load(Path.of(argument));
            if (!loaded.person().equals(transcript.person())
                    || !loaded.partner().equals(transcript.partner())) {
                tell(argument + " is a talk of " + loaded.partnerName() + " with an avatar of " + loaded.personName()
                        + ", not this one.");
                return;
            }
            transcript = loaded;
            last = null;
            tell("Goes on after " + loaded.lines().size() + " lines.");
        } catch (IOException e) {
            tell(
                    Files.exists(Path.of(argument))
                            ? String.valueOf(e.getMessage())
                            : "There is no file " + argument + ".");
        }
    }

    private void list() throws IOException {
        Path folder = file == null ? null : file.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            tell("No talk is kept. Give a file: /load FILE");
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> kept = files.filter(one -> one.getFileName().toString().endsWith(".json"))
                    .sorted(Comparator.reverseOrder())
                    .limit(20)
                    .toList();
            tell(
                    kept.isEmpty()
                            ? "No talk is kept."
                            : String.join(
                                    "\n", kept.stream().map(Path::toString).toList()));
        }
    }
}
