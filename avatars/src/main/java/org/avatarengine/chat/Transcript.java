package org.avatarengine.chat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.avatarengine.files.WholeFile;
import org.avatarengine.reply.Turn;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A chat with an avatar in its file format.
 *
 * @param disclosure the statement that the replies are an avatar's
 * @param person the id of the avatar's person, with {@code personName}; the same for the partner
 */
public record Transcript(
        String format,
        String disclosure,
        String person,
        String personName,
        String partner,
        String partnerName,
        Instant begun,
        List<Line> lines) {

    private static final String FORMAT = "avatar-engine-chat/1";

    /**
     * A line of the chat.
     *
     * @param avatar whether the avatar wrote it, with {@code model} and based on {@code sources}
     */
    public record Line(
            Instant at,
            boolean avatar,
            String text,
            @Nullable String model,
            List<String> sources) {}

    public static Transcript begin(String person, String personName, String partner, String partnerName, Instant at) {
        return new Transcript(
                FORMAT, disclosure(personName), person, personName, partner, partnerName, at, new ArrayList<>());
    }

    /** The statement that accompanies an avatar's words everywhere. */
    public static String disclosure(String name) {
        return "Written by an avatar of " + name + ", a simulation made from their messages; " + name
                + " did not write it.";
    }

    /** The lines as turns for a model. */
    public List<Turn> turns() {
        return lines.stream().map(line -> new Turn(line.avatar, line.text)).toList();
    }

    /** Writes the file completely or not at all, with access for its owner only. */
    public void save(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        WholeFile.write(
                file, JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsBytes(this));
    }

    /**
     * Reads a file.
     *
     * @throws IOException when it cannot be read or is not a saved chat; the message is for the user
     */
    public static Transcript load(Path file) throws IOException {
        try {
            Transcript read = JsonMapper.shared().readValue(Files.readString(file), Transcript.class);
            // The text "null" is valid JSON, too.
            if (read == null
                    || !FORMAT.equals(read.format)
                    || read.lines == null
                    || read.person == null
                    || read.partner == null) {
                throw new IOException(file + " is not a saved chat.");
            }
            return new Transcript(
                    read.format,
                    read.disclosure,
                    read.person,
                    read.personName,
                    read.partner,
                    read.partnerName,
                    read.begun,
                    new ArrayList<>(read.lines));
        } catch (JacksonException e) {
            throw new IOException(file + " is not a saved chat: " + e.getOriginalMessage(), e);
        }
    }
}
