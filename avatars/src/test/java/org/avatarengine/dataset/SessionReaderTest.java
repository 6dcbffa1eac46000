package org.avatarengine.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.avatarengine.event.MessageKind;
import org.avatarengine.event.Service;
import org.avatarengine.graph.EmbeddedGraph;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Schema;
import org.avatarengine.ownwords.OwnWords;
import org.avatarengine.progress.Progress;
import org.avatarengine.redaction.Gate;
import org.avatarengine.redaction.Redactor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionReaderTest {
    private static final Instant BEGIN = Instant.parse("2024-01-01T10:00:00Z");

    @TempDir
    Path folder;

    private Graph graph;
    private int next;

    @BeforeEach
    void open() {
        graph = EmbeddedGraph.open(folder.resolve("graph"));
        Schema.migrate(graph);
        graph.write(t -> t.run("""
                CREATE (:Person {id: 'anna', name: 'Anna'}), (:Person {id: 'ben', name: 'Ben'}),
                       (bank:Person {id: 'bank'})-[:HAS_HANDLE]->(:Handle {id: '72000', kind: 'SHORT_CODE'}),
                       (:Conversation {id: 'c', group: false})""", Map.of()));
    }

    @AfterEach
    void close() {
        graph.close();
    }

    /** Stores a message as the importer does. */
    private void say(String sender, int minute, String text) {
        OwnWords own = OwnWords.of(text, List.of(), MessageKind.TYPED, Service.SMS, false);
        Map<String, Object> properties = new HashMap<>();
        properties.put("id", "m" + next++);
        properties.put("text", text);
        properties.put("sentAt", BEGIN.plusSeconds(60L * minute));
        properties.put(
                "kind", own.kind() == MessageKind.TYPED ? null : own.kind().name());
        properties.put("own", own.text().equals(text) ? null : own.text());
        graph.write(t -> t.run("""
                MATCH (p:Person {id: $sender}), (c:Conversation {id: 'c'})
                CREATE (p)-[:SENT]->(m:Message)-[:SENT_TO]->(c) SET m = $properties""", Map.of("sender", sender, "properties", properties)));
    }

    @Test
    void linesAreJoinedSessionsSplitAndUnusableTurnsLeftOut() throws Exception {
        say("ben", 0, "are you there?");
        say("ben", 2, "hello?");
        say("anna", 3, "yes");
        say("ben", 20, "still yes?");
        say("anna", 21, "my number is +1 212 555 0177");
        say("anna", 22, "Liked “still yes?”");
        say("bank", 23, "Your verification code is 123456");
        say("bank", 23, "Your account is open");
        say("anna", 24, "\uFFFC");
        say("ben", 200, "evening");
        SessionReader reader = new SessionReader(
                graph, new Redactor("US"), new Gate(List.of("+12125550177"), List.of()), Duration.ofHours(1));
        List<Session> sessions = reader.read(Progress.SILENT, () -> false);
        assertThat(sessions).hasSize(2);
        assertThat(sessions.getFirst().lines())
                .extracting(Session.Line::name, Session.Line::text, Session.Line::clean)
                .containsExactly(
                        tuple("Ben", "are you there?\nhello?", true),
                        tuple("Anna", "yes", true),
                        tuple("Ben", "still yes?", true),
                        tuple("Anna", "my number is [PHONE]", false));
        assertThat(reader.drops())
                .containsEntry(Drop.PERSONAL_DATA, 1L)
                .containsEntry(Drop.REACTION, 1L)
                .containsEntry(Drop.ONE_TIME_CODE, 1L)
                .containsEntry(Drop.AUTOMATED, 1L)
                .containsEntry(Drop.NO_TEXT, 1L);
    }

    @Test
    void exportsAreCutBeforeSensitiveTurns() throws Exception {
        TrainingTalk talk = new TrainingTalk(
                "You are Anna.",
                List.of(
                        new TrainingTalk.Turn(false, "hi", false),
                        new TrainingTalk.Turn(true, "hey", true),
                        new TrainingTalk.Turn(false, "number?", false),
                        new TrainingTalk.Turn(true, "[PHONE]", false),
                        new TrainingTalk.Turn(false, "thanks", false),
                        new TrainingTalk.Turn(true, "welcome", true),
                        new TrainingTalk.Turn(false, "bye", false)));
        Path file = folder.resolve("x.jsonl");
        ChatFile.CHATML.write(file, List.of(talk));
        assertThat(Files.readAllLines(file))
                .containsExactly(
                        "{\"messages\":[{\"role\":\"system\",\"content\":\"You are Anna.\"},"
                                + "{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"assistant\",\"content\":\"hey\"}]}",
                        "{\"messages\":[{\"role\":\"system\",\"content\":\"You are Anna.\"},"
                                + "{\"role\":\"user\",\"content\":\"thanks\"},"
                                + "{\"role\":\"assistant\",\"content\":\"welcome\"}]}");
    }
}
