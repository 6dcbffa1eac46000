package org.avatarengine.speech.recording;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.avatarengine.speech.transcription.Transcriber.Heard;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The journal of a transcription, with one line per chunk, so that an interrupted transcription continues where it
 * stopped. Lines of another engine or for other chunks are not used.
 */
final class WordJournal implements AutoCloseable {
    private final List<Heard> heard = new ArrayList<>();
    private final BufferedWriter writer;

    /** @param key the key of the transcription's options; a journal with another key is deleted */
    WordJournal(Path file, String key) throws IOException {
        if (Files.exists(file)) {
            List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
            if (!lines.isEmpty() && lines.getFirst().equals(key)) {
                read(lines.subList(1, lines.size()));
            }
        }
        writer = Files.newBufferedWriter(
                file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
        writer.write(key);
        writer.newLine();
        for (Heard one : heard) {
            line(one);
        }
        writer.flush();
    }

    private void read(List<String> lines) {
        for (String line : lines) {
            try {
                heard.add(JsonMapper.shared().readValue(line, Heard.class));
            } catch (JacksonException e) {
                // The process died while it wrote this line; the chunk is transcribed again.
                return;
            }
        }
    }

    List<Heard> heard() {
        return heard;
    }

    void add(Heard one) throws IOException {
        heard.add(one);
        line(one);
        writer.flush();
    }

    private void line(Heard one) throws IOException {
        writer.write(JsonMapper.shared().writeValueAsString(one));
        writer.newLine();
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
