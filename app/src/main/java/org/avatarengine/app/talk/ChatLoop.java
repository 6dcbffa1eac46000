package org.avatarengine.app.talk;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.avatarengine.app.print.Dates;
import org.avatarengine.app.print.Json;
import org.avatarengine.app.print.ReaderLocale;
import org.avatarengine.app.services.InputException;
import org.avatarengine.app.services.OutputFile;
import org.avatarengine.chat.Avatar;
import org.avatarengine.chat.LiveAvatar;
import org.avatarengine.chat.Spoken;
import org.avatarengine.chat.Transcript;
import org.avatarengine.failure.Failure;
import org.avatarengine.memory.Exchange;
import org.avatarengine.memory.Situation;
import org.avatarengine.reply.ReplyModel;
import org.avatarengine.text.OwnText;
import org.jspecify.annotations.Nullable;

/** A chat, line by line: messages to the avatar, and commands that start with a slash. */
public final class ChatLoop {
    static final List<String> COMMANDS =
            List.of("/help", "/model", "/persona", "/why", "/save", "/load", "/reset", "/quit");
    private static final String FORCE = " --force";

    /** Shown when a model has no answer. */
    static final String SILENT = "(found nothing to answer from)";

    private static final int QUOTED = 90;

    private final LiveAvatar avatar;
    private final Models models;
    private final @Nullable Path file;
    private final Path folder;
    private final PrintWriter out;
    private final boolean json;
    private ReplyModel model;
    private Transcript transcript;
    private @Nullable Spoken last;

    /** The files that this chat was saved to, which it may replace. */
    private final Set<Path> saved = new HashSet<>();

    /**
     * A chat.
     *
     * @param file where the chat is saved; null to save nothing
     * @param folder the working folder, from which the names of other files start
     */
    ChatLoop(
            LiveAvatar avatar,
            Models models,
            ReplyModel model,
            Transcript transcript,
            @Nullable Path file,
            Path folder,
            PrintWriter out,
            boolean json) {
        this.avatar = avatar;
        this.models = models;
        this.model = model;
        this.transcript = transcript;
        this.file = file;
        this.folder = folder;
        this.out = out;
        this.json = json;
    }

    void run(ChatCommand.Input input) throws IOException, InterruptedException {
        if (!json) {
            out.println("Avatar of " + transcript.personName() + " in conversation with " + transcript.partnerName()
                    + ". Model: " + model.name() + ".");
            out.println(Transcript.disclosure(transcript.personName()) + " Type /help to see the commands.");
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
                fail(String.valueOf(e.getMessage()));
            }
            out.flush();
        }
    }

    /** A line of {@code --json} with the answer to a command. */
    record Note(String note) {}

    /** A line of {@code --json} that says why a message or a command failed. */
    record Problem(String problem) {}

    private void tell(String text) {
        print(text, new Note(text));
    }

    private void fail(String text) {
        print(text, new Problem(text));
    }

    private void print(String text, Record line) {
        if (json) {
            Json.line(out, line);
        } else {
            out.println(text);
        }
    }

    private void say(String text) throws IOException, InterruptedException {
        Avatar current = avatar.now();
        transcript.lines().add(new Transcript.Line(Instant.now(), false, text, null, List.of()));
        String speaker = transcript.personName() + " (avatar): ";
        if (!json) {
            out.print(speaker);
            out.flush();
        }
        Spoken spoken;
        try {
            spoken = current.answer(transcript.turns(), model, piece -> {
                if (!json) {
                    out.print(piece.replace("\n", "\n" + speaker));
                    out.flush();
                }
            });
        } catch (RuntimeException e) {
            // Without an answer the line is dropped, so that the user can send it again.
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

    private void command(String line) throws IOException, InterruptedException {
        String[] parts = line.split("\\s+", 2);
        String argument = parts.length > 1 ? parts[1].strip() : "";
        switch (parts[0]) {
            case "/help" -> help();
            case "/model" -> model(argument);
            case "/persona" ->
                tell(last == null ? avatar.now().persona(model.promptTokens()).text() : last.prompt());
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
                tell("Started a new chat.");
            }
            default -> fail("There is no command " + parts[0] + ". Type /help to see the commands.");
        }
    }

    private void help() {
        tell("""
                /model [MODEL]  show or change the model: nearest, claude, claude:MODEL, local:NAME, or
                                http://localhost:11434/v1#MODEL
                /persona        show the persona prompt, which tells the model how to write
                /why            show what the last answer is based on
                /save FILE      save this chat to a file
                /load [FILE]    continue a saved chat; without FILE, list the saved chats
                /reset          start a new chat
                /quit           end the chat (or press Ctrl-D)""");
    }

    private void model(String argument) {
        if (!argument.isEmpty()) {
            model = models.open(argument);
        }
        tell("Model: " + model.name() + ".");
    }

    private void why() {
        if (last == null) {
            tell("There is no answer yet.");
            return;
        }
        StringBuilder text = new StringBuilder("Model: " + last.model() + ". The prompt has about "
                + last.promptTokens() + " tokens and quotes " + last.sources().size() + " messages.");
        if (!last.written().equals(last.text())) {
            text.append("\nThe style was adjusted. The model wrote: ").append(last.written());
        }
        text.append("\nReal replies in similar situations:");
        for (Situation one : last.examples()) {
            text.append(String.format(
                    ReaderLocale.get(),
                    "%n  %.2f  %s  %s: %s → %s  [%s]",
                    one.likeness(),
                    Dates.day(one.at()),
                    one.speaker(),
                    shortened(one.cue()),
                    shortened(one.reply()),
                    one.messageIds().getLast()));
        }
        text.append("\nRecalled passages:");
        for (Exchange exchange : last.recalled()) {
            for (Exchange.Line line : exchange.lines()) {
                text.append(String.format(
                        ReaderLocale.get(),
                        "%n  %s %s  %s: %s  [%s]",
                        exchange.found().contains(line.messageId()) ? ">" : " ",
                        Dates.day(line.at()),
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

    private static String shortened(String text) {
        String flat = OwnText.oneLine(text);
        return flat.length() <= QUOTED
                ? flat
                : flat.substring(0, flat.offsetByCodePoints(0, Math.min(QUOTED, flat.codePointCount(0, flat.length()))))
                        + "…";
    }

    private void save(String argument) throws IOException {
        if (argument.isEmpty()) {
            tell(
                    file == null
                            ? "This chat is not saved. Type /save FILE to save it."
                            : "This chat is saved in " + file + ". Type /save FILE to save it elsewhere.");
            return;
        }
        boolean force = argument.endsWith(FORCE);
        String name = force
                ? argument.substring(0, argument.length() - FORCE.length()).strip()
                : argument;
        Path target = folder.resolve(name);
        if (!force && OutputFile.isTaken(target) && !saved.contains(target.toAbsolutePath())) {
            fail(name + " already exists. Type /save " + name + FORCE + " to replace it.");
            return;
        }
        try {
            transcript.save(target);
            saved.add(target.toAbsolutePath());
            tell("Saved to " + name + ".");
        } catch (IOException e) {
            fail("Cannot write " + name + ": " + e.getMessage() + ".");
        }
    }

    private void load(String argument) throws IOException {
        if (argument.isEmpty()) {
            list();
            return;
        }
        try {
            Transcript loaded = Transcript.load(folder.resolve(argument));
            if (!loaded.person().equals(transcript.person())
                    || !loaded.partner().equals(transcript.partner())) {
                fail(argument + " is a chat between " + loaded.partnerName() + " and an avatar of"
                        + " " + loaded.personName()
                        + ". Run `avatar chat \"" + loaded.personName() + "\" --as \"" + loaded.partnerName()
                        + "\"` and load it there.");
                return;
            }
            transcript = loaded;
            last = null;
            tell("Continuing after " + loaded.lines().size() + " lines.");
        } catch (IOException e) {
            fail(
                    Files.exists(folder.resolve(argument))
                            ? String.valueOf(e.getMessage())
                            : "There is no file " + argument + ".");
        }
    }

    private void list() throws IOException {
        Path folder = file == null ? null : file.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            tell("There are no saved chats. Type /load FILE to load one from a file.");
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> kept = files.filter(one -> one.getFileName().toString().endsWith(".json"))
                    .sorted(Comparator.reverseOrder())
                    .limit(20)
                    .toList();
            tell(
                    kept.isEmpty()
                            ? "There are no saved chats."
                            : String.join(
                                    "\n", kept.stream().map(Path::toString).toList()));
        }
    }
}
