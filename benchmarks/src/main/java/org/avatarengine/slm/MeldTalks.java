package org.avatarengine.slm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.avatarengine.dataset.Session;

/** MELD's dialogues as sessions of one long group conversation, in the order of the show. */
final class MeldTalks {
    private static final Instant BEGIN = Instant.parse("2000-01-01T00:00:00Z");

    private MeldTalks() {}

    static List<Session> read(Path file) throws IOException {
        Map<String, List<CSVRecord>> dialogues = new LinkedHashMap<>();
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (CSVParser parser = format.parse(Files.newBufferedReader(file, StandardCharsets.UTF_8))) {
            for (CSVRecord row : parser) {
                dialogues
                        .computeIfAbsent(row.get("Dialogue_ID"), id -> new ArrayList<>())
                        .add(row);
            }
        }
        List<List<CSVRecord>> order = new ArrayList<>(dialogues.values());
        order.sort(Comparator.comparingInt((List<CSVRecord> d) -> number(d, "Season"))
                .thenComparingInt(d -> number(d, "Episode"))
                .thenComparing(d -> d.getFirst().get("StartTime")));
        List<Session> sessions = new ArrayList<>();
        for (int i = 0; i < order.size(); i++) {
            sessions.add(new Session("friends", true, BEGIN.plus(Duration.ofHours(2L * i)), lines(order.get(i))));
        }
        return sessions;
    }

    private static int number(List<CSVRecord> dialogue, String column) {
        return Integer.parseInt(dialogue.getFirst().get(column));
    }

    private static List<Session.Line> lines(List<CSVRecord> dialogue) {
        List<Session.Line> lines = new ArrayList<>();
        for (CSVRecord row : dialogue) {
            // The file was once converted with a wrong character set.
            String text = row.get("Utterance")
                    .replace('\u0092', '\'')
                    .replace('\u0091', '\'')
                    .replace("\u0085", "...")
                    .strip();
            String speaker = row.get("Speaker");
            int last = lines.size() - 1;
            if (last >= 0 && lines.get(last).speaker().equals(speaker)) {
                Session.Line before = lines.get(last);
                lines.set(
                        last, new Session.Line(speaker, speaker, before.text() + "\n" + text, true, before.messages()));
            } else {
                lines.add(new Session.Line(speaker, speaker, text, true, List.of(row.get("Sr No."))));
            }
        }
        return lines;
    }
}
