package org.avatarengine.chat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.avatarengine.reply.Turn;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A talk with an avatar as it is kept in a file.
 *
 * @param disclosure says in words that an avatar speaks
 * @param person of whom the avatar is, by id, with {@code personName}; likewise the partner
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
     * One line of it.
     *
     * @param avatar whether the avatar said it, by {@code model} and from {@code sources}
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

    /** What is said wherever an avatar's words are given out. */
    public static String disclosure(String name) {
        return "Written by an avatar of " + name + ", a simulation made from their messages; " + name
                + " did not write it.";
    }

    /** The lines as a model is given them. */
    public List<Turn> turns() {
        return lines.stream().map(line -> new Turn(line.avatar, line.text)).toList();
    }

    /** Writes the file whole or not at all; only its owner can read it. */
    public void save(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path fresh = Files.createTempFile(folder, ".chat", ".json");
        try {
            if (Files.getFileAttributeView(fresh, PosixFileAttributeView.class) != null) {
                Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
            }
            Files.writeString(
                    fresh, JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(this));
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /**
     * Reads a file.
     *
     * @throws IOException when it cannot be read or is no transcript, in words for the user
     */
    public static Transcript load(Path file) throws IOException {
        try {
            Transcript read = JsonMapper.shared().readValue(Files.readString(file), Transcript.class);
            // The word null is JSON, too.
            if (read == null
                    || !FORMAT.equals(read.format)
                    || read.lines == null
                    || read.person == null
                    || read.partner == null) {
                throw new IOException(file + " is no transcript of a chat.");
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
            throw new IOException(file + " is no transcript of a chat: " + e.getOriginalMessage(), e);
        }
    }
}
