package org.avatarengine.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.avatarengine.graph.Graph;
import org.avatarengine.memory.Candidate;
import org.avatarengine.memory.Candidates;
import org.avatarengine.memory.MemoryIndex;
import org.avatarengine.memory.RecallQuery;
import org.avatarengine.progress.Progress;
import org.avatarengine.vectors.SentenceEncoder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** LoCoMo (Maharana et al., ACL 2024) in a graph, with its questions of categories 1 to 4. */
public final class Locomo {
    private static final DateTimeFormatter SESSION = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendPattern("h:mm a 'on' d MMMM, yyyy")
            .toFormatter(Locale.ENGLISH);

    private final Graph graph;
    private final List<JsonNode> talks = new ArrayList<>();

    private Locomo(Graph graph) {
        this.graph = graph;
    }

    /**
     * A question with the messages that answer it.
     *
     * @param talk the index of its conversation, from 0
     * @param candidates the candidates that the memory finds for it
     */
    public record Answered(int talk, RecallQuery question, Set<String> evidence, List<Candidate> candidates) {}

    /** A turn for a search by words only. */
    public record Turn(String id, String text) {}

    /** Stores the conversations of a folder. */
    public static Locomo load(Path folder, Graph graph) throws IOException {
        Locomo locomo = new Locomo(graph);
        List<Path> files;
        try (Stream<Path> entries = Files.list(folder)) {
            files = entries.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            JsonNode talk = JsonMapper.shared().readTree(Files.readString(file));
            locomo.store(locomo.talks.size(), talk);
            locomo.talks.add(talk);
        }
        return locomo;
    }

    private static String person(int talk, JsonNode name) {
        return talk + ":" + name.asString();
    }

    private void store(int number, JsonNode talk) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (JsonNode session : talk.get("sessions")) {
            Instant begin = LocalDateTime.parse(session.get("date_time").asString(), SESSION)
                    .toInstant(ZoneOffset.UTC);
            int turn = 0;
            for (JsonNode line : session.get("turns")) {
                Map<String, Object> row = new HashMap<>();
                row.put("id", number + ":" + line.get("dia_id").asString());
                row.put("person", person(number, line.get("speaker")));
                row.put("at", begin.plusSeconds(30L * turn++));
                row.put("text", line.get("text").asString());
                row.put("caption", line.path("caption").asString(""));
                rows.add(row);
            }
        }
        for (String side : List.of("speaker_a", "speaker_b")) {
            graph.write(t -> t.run(
                    """
                    MERGE (c:Conversation {id: $conversation})
                    CREATE (:Person {id: $id, name: $name})-[:MEMBER_OF]->(c)""",
                    Map.of(
                            "conversation",
                            "talk" + number,
                            "id",
                            person(number, talk.get(side)),
                            "name",
                            talk.get(side).asString())));
        }
        graph.write(t -> t.run("""
                UNWIND $rows AS row
                MATCH (p:Person {id: row.person}), (c:Conversation {id: $conversation})
                CREATE (p)-[:SENT]->(m:Message {id: row.id, text: row.text, sentAt: row.at})-[:SENT_TO]->(c)
                WITH m, row WHERE row.caption <> ''
                CREATE (m)-[:HAS_ATTACHMENT]->(:Attachment {id: row.id, transcription: row.caption})""", Map.of("rows", rows, "conversation", "talk" + number)));
    }

    /** The turns of a conversation, each with its speaker and the description of its picture. */
    public List<Turn> turns(int talk) {
        List<Turn> turns = new ArrayList<>();
        for (JsonNode session : talks.get(talk).get("sessions")) {
            for (JsonNode line : session.get("turns")) {
                turns.add(new Turn(
                        talk + ":" + line.get("dia_id").asString(),
                        line.get("speaker").asString() + ": " + line.get("text").asString() + " "
                                + line.path("caption").asString("")));
            }
        }
        return turns;
    }

    /** Adds the conversations to the memory and asks all questions; "today" is the day of the last session. */
    public List<Answered> ask(SentenceEncoder encoder) throws InterruptedException {
        new MemoryIndex(graph, encoder).fill(Progress.SILENT, () -> false);
        List<Answered> answered = new ArrayList<>();
        for (int talk = 0; talk < talks.size(); talk++) {
            JsonNode sessions = talks.get(talk).get("sessions");
            Instant last = LocalDateTime.parse(
                            sessions.get(sessions.size() - 1).get("date_time").asString(), SESSION)
                    .toInstant(ZoneOffset.UTC);
            Candidates candidates = new Candidates(graph, encoder, Clock.fixed(last, ZoneOffset.UTC));
            for (JsonNode question : talks.get(talk).get("qa")) {
                Set<String> evidence = evidence(talk, question);
                if (question.get("category").asInt() <= 4 && !evidence.isEmpty()) {
                    RecallQuery asked = new RecallQuery(
                            question.get("question").asString(),
                            person(talk, talks.get(talk).get("speaker_a")),
                            person(talk, talks.get(talk).get("speaker_b")));
                    answered.add(new Answered(talk, asked, evidence, candidates.of(asked)));
                }
            }
        }
        return answered;
    }

    private static Set<String> evidence(int talk, JsonNode question) {
        Set<String> evidence = new HashSet<>();
        question.get("evidence")
                .forEach(one -> Stream.of(one.asString().split("[;,\\s]+"))
                        .filter(id -> id.matches("D\\d+:\\d+"))
                        .forEach(id -> evidence.add(talk + ":" + id)));
        return evidence;
    }
}
