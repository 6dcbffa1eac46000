package org.avatarengine.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.avatarengine.embedding.OnnxEncoder;
import org.avatarengine.embedding.SentenceModel;
import org.avatarengine.graph.EmbeddedGraph;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Schema;
import org.avatarengine.memory.Exchange;
import org.avatarengine.memory.Memory;
import org.avatarengine.memory.MemoryIndex;
import org.avatarengine.progress.Progress;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Evidence recall on LoCoMo (Maharana et al., ACL 2024), categories 1 to 4: the mean, over questions, of the part of the
 * evidence that is among the first k. Counted in two ways: only the messages that were found themselves, and whole
 * exchanges, which hold what was said around them.
 */
final class RecallBenchmark {
    private static final int[] CUTS = {5, 10, 20};
    private static final DateTimeFormatter SESSION = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendPattern("h:mm a 'on' d MMMM, yyyy")
            .toFormatter(Locale.ENGLISH);

    private double[] found = new double[CUTS.length];
    private double[] exchanged = new double[CUTS.length];
    private int questions;

    private RecallBenchmark() {}

    /** @param args the folder of LoCoMo */
    public static void main(String[] args) throws IOException, InterruptedException {
        new RecallBenchmark().run(Path.of(args[0]));
    }

    private void run(Path folder) throws IOException, InterruptedException {
        List<Path> files;
        try (Stream<Path> entries = Files.list(folder)) {
            files = entries.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
        Path work = Files.createTempDirectory("recall");
        try (OnnxEncoder encoder = new OnnxEncoder(
                        SentenceModel.BGE_SMALL, Runtime.getRuntime().availableProcessors());
                Graph graph = EmbeddedGraph.open(work)) {
            Schema.migrate(graph);
            List<JsonNode> talks = new ArrayList<>();
            for (Path file : files) {
                JsonNode talk = JsonMapper.shared().readTree(Files.readString(file));
                load(graph, talks.size(), talk);
                talks.add(talk);
            }
            new MemoryIndex(graph, encoder).fill(Progress.SILENT, () -> false);
            Memory memory = new Memory(graph, encoder);
            for (int i = 0; i < talks.size(); i++) {
                ask(memory, i, talks.get(i));
            }
        }
        System.out.printf(Locale.ROOT, "LoCoMo, %d questions of categories 1 to 4%n", questions);
        for (int k = 0; k < CUTS.length; k++) {
            System.out.printf(
                    Locale.ROOT,
                    "  recall@%d: messages found %.3f, whole exchanges %.3f%n",
                    CUTS[k],
                    found[k] / questions,
                    exchanged[k] / questions);
        }
    }

    private static String person(int talk, JsonNode name) {
        return talk + ":" + name.asString();
    }

    private static void load(Graph graph, int number, JsonNode talk) {
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

    private void ask(Memory memory, int number, JsonNode talk) {
        for (JsonNode question : talk.get("qa")) {
            Set<String> evidence = new HashSet<>();
            question.get("evidence")
                    .forEach(one -> Stream.of(one.asString().split("[;,\\s]+"))
                            .filter(id -> id.matches("D\\d+:\\d+"))
                            .forEach(id -> evidence.add(number + ":" + id)));
            if (question.get("category").asInt() > 4 || evidence.isEmpty()) {
                continue;
            }
            questions++;
            List<Exchange> exchanges = memory.recall(
                    question.get("question").asString(),
                    person(number, talk.get("speaker_a")),
                    person(number, talk.get("speaker_b")),
                    CUTS[CUTS.length - 1]);
            for (int k = 0; k < CUTS.length; k++) {
                List<Exchange> first = exchanges.subList(0, Math.min(CUTS[k], exchanges.size()));
                found[k] += share(evidence, first.stream().flatMap(e -> e.found().stream()));
                exchanged[k] += share(
                        evidence,
                        first.stream().flatMap(e -> e.lines().stream()).map(Exchange.Line::messageId));
            }
        }
    }

    private static double share(Set<String> evidence, Stream<String> ids) {
        return (double) ids.filter(evidence::contains).distinct().count() / evidence.size();
    }
}
