package org.avatarengine.speech.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.avatarengine.exclusion.Exclusions;
import org.avatarengine.graph.EmbeddedGraph;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Schema;
import org.avatarengine.people.People;
import org.avatarengine.people.Person;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingGraphTest {
    private static final Recording RECORDING = Recordings.of(
            Recordings.utterance(0, "Speaker 1", 0.5, "Hello I'm Anna"),
            Recordings.utterance(1, "Speaker 2", 3, "the ferry to Oban leaves at nine"),
            Recordings.utterance(2, "Speaker 1", 8, "good"));

    @TempDir
    Path folder;

    private Graph graph;
    private RecordingGraph recordings;

    @BeforeEach
    void open() {
        graph = EmbeddedGraph.open(folder);
        Schema.migrate(graph);
        recordings = new RecordingGraph(graph);
        for (String name : List.of("Anna Berg", "Ben")) {
            graph.write(
                    t -> t.run("CREATE (:Person {id: $name, name: $name, contactIds: ['c']})", Map.of("name", name)));
        }
    }

    @AfterEach
    void close() {
        graph.close();
    }

    private long count(String pattern) {
        return graph.read("MATCH " + pattern + " RETURN count(*) AS n", Map.of())
                .getFirst()
                .number("n");
    }

    private static Identified is(String speaker, String person, double confidence, String by) {
        return new Identified(speaker, person, person, confidence, by);
    }

    @Test
    void wordsOfUnknownSpeakersHaveNoSender() {
        recordings.store(RECORDING, List.of());
        assertThat(count("(:Recording)<-[:SENT_TO]-(:Utterance)<-[:SPOKE]-(:Speaker)-[:IN_RECORDING]->(:Recording)"))
                .isEqualTo(3);
        assertThat(count("(:Transcript {language: 'en'})-[:TRANSCRIPT_OF]->(:Recording {title: 'dinner.m4a'})"))
                .isEqualTo(1);
        assertThat(count("(:Person)-[:SENT]->(:Utterance)")).isZero();
        assertThat(recordings.who(RECORDING.id())).isEmpty();
    }

    @Test
    void wordsMoveToTheNewlyIdentifiedPerson() {
        recordings.store(
                RECORDING, List.of(is("Speaker 2", "Ben", 1, "user"), is("Speaker 1", "Anna Berg", 0.5, "name")));
        assertThat(count("(:Person {id: 'Ben'})-[:SENT]->(:Utterance)")).isEqualTo(1);
        assertThat(count("(:Person {id: 'Anna Berg'})-[:SENT]->()")).isZero();
        recordings.identify(RECORDING, List.of(is("Speaker 1", "Ben", 1, "user")));
        assertThat(count("(:Person {id: 'Ben'})-[:SENT]->(:Utterance)")).isEqualTo(2);
        assertThat(count("(:Person)-[:MEMBER_OF]->(:Recording)")).isEqualTo(1);
        assertThat(recordings.who(RECORDING.id())).containsExactly(is("Speaker 1", "Ben", 1, "user"));
    }

    @Test
    void storingAgainReplaces() {
        recordings.store(RECORDING, List.of());
        recordings.store(RECORDING, List.of());
        assertThat(count("(:Utterance)")).isEqualTo(3);
        recordings.remove(RECORDING.id());
        assertThat(count("(n) WHERE n:Utterance OR n:Speaker OR n:Transcript OR n:Recording"))
                .isZero();
    }

    @Test
    void anExcludedPersonIsRemovedFromRecordings() {
        recordings.store(
                RECORDING, List.of(is("Speaker 1", "Anna Berg", 1, "user"), is("Speaker 2", "Ben", 1, "user")));
        Person ben = new People(graph).find("Ben");
        new Exclusions(graph).exclude(ben, Instant.now());
        assertThat(count("(u:Utterance) WHERE u.text CONTAINS 'ferry'")).isZero();
        assertThat(count("(:Speaker {label: 'Speaker 2'})")).isZero();
        recordings.store(RECORDING, List.of(is("Speaker 2", "Ben", 1, "user")));
        assertThat(count("(u:Utterance) WHERE u.text CONTAINS 'ferry'")).isZero();
    }

    @Test
    void namesAndVoicesAndTheUserDecideInThatOrder() {
        Identification identification = new Identification(new People(graph).all());
        assertThat(identification.decide(RECORDING, Map.of(), Map.of(), List.of()))
                .containsExactly(new Identified("Speaker 1", "Anna Berg", "Anna Berg", 0.85, "name"));
        Voiceprints.Voiceprint ben = new Voiceprints.Voiceprint("Ben", "e", 9, new double[] {1, 0});
        List<Identified> heard = identification.decide(
                RECORDING,
                Map.of(),
                Map.of("Speaker 1", new double[] {1, 0.1}, "Speaker 2", new double[] {0, 1}),
                List.of(ben));
        assertThat(heard).singleElement().satisfies(one -> {
            assertThat(one.person()).isEqualTo("Ben");
            assertThat(one.speaker()).isEqualTo("Speaker 1");
            assertThat(one.by()).isEqualTo("voice");
        });
        Person anna = new People(graph).find("Anna");
        assertThat(identification.decide(RECORDING, Map.of("Speaker 2", anna), Map.of(), List.of()))
                .containsExactly(new Identified("Speaker 2", "Anna Berg", "Anna Berg", 1, "user"));
    }
}
