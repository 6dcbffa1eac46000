package org.avatarengine.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Pattern;
import org.avatarengine.analysis.ConversationPieces;
import org.avatarengine.graph.EmbeddedGraph;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Mutations;
import org.avatarengine.graph.NodeLabel;
import org.avatarengine.graph.Schema;
import org.avatarengine.graph.vocabulary.RelationshipTypes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SamplerTest {
    private static final int SESSIONS = 40;
    private static final Instant BEGIN = Instant.parse("2024-01-01T08:00:00Z");

    @TempDir
    static Path folder;

    private static Graph graph;

    @BeforeAll
    static void open() {
        graph = EmbeddedGraph.open(folder.resolve("graph"));
        Schema.migrate(graph);
        graph.write(t -> t.apply(life()));
    }

    @AfterAll
    static void close() {
        graph.close();
    }

    /**
     * Anna writes with Ben in sessions of one to five lines and with Cleo in longer ones. In a few she writes nothing.
     */
    private static Mutations life() {
        Mutations m = new Mutations();
        for (String person : List.of("anna", "ben", "cleo")) {
            m.node(NodeLabel.PERSON, person).put("name", person).put("owner", false);
        }
        for (String friend : List.of("ben", "cleo")) {
            m.node(NodeLabel.CONVERSATION, friend).put("group", false);
            m.link(NodeLabel.PERSON, "anna", RelationshipTypes.MEMBER_OF, NodeLabel.CONVERSATION, friend);
            m.link(NodeLabel.PERSON, friend, RelationshipTypes.MEMBER_OF, NodeLabel.CONVERSATION, friend);
            for (int session = 0; session < SESSIONS; session++) {
                int lines = 1 + session % 5 + (friend.equals("cleo") ? 6 : 0);
                for (int line = 0; line < lines; line++) {
                    String id = friend + session + "-" + line;
                    boolean hers = session % 7 != 6 && line % 2 == 0;
                    m.node(NodeLabel.MESSAGE, id)
                            .put("text", friend + " " + session + "." + line + " and so on")
                            .put("sentAt", BEGIN.plusSeconds(43_200L * session + 60L * line));
                    m.link(NodeLabel.PERSON, hers ? "anna" : friend, RelationshipTypes.SENT, NodeLabel.MESSAGE, id);
                    m.link(NodeLabel.MESSAGE, id, RelationshipTypes.SENT_TO, NodeLabel.CONVERSATION, friend);
                }
            }
        }
        return m;
    }

    private static Sampler.Sample draw(long mostTokens, int piece) {
        return new Sampler(graph, ZoneOffset.UTC, text -> text, person -> person, piece)
                .draw("anna", mostTokens, 900, java.time.Instant.EPOCH);
    }

    /** The first lines of the sessions that were drawn, in the order of the transcript. */
    private static List<String> sessions(Sampler.Sample sample) {
        return sample.parts().stream()
                .flatMap(part -> Pattern.compile("(ben|cleo) \\d+\\.0 ")
                        .matcher(part.text())
                        .results())
                .map(found -> found.group().replace(".0 ", ""))
                .toList();
    }

    @Test
    void theSampleIsTheSameForPiecesOfAnySize() {
        Sampler.Sample sample = draw(2000, ConversationPieces.PIECE);
        assertThat(sessions(sample))
                .containsExactly(
                        "cleo 2", "cleo 4", "cleo 9", "cleo 17", "cleo 19", "cleo 31", "ben 2", "ben 4", "ben 17",
                        "ben 26", "ben 30", "ben 31");
        assertThat(sample.messages()).isEqualTo(75);
        assertThat(sample.available()).isEqualTo(2 * 3 * SESSIONS + 6 * SESSIONS);
        for (int piece : new int[] {1, 10, 57}) {
            assertThat(draw(2000, piece)).isEqualTo(sample);
        }
    }

    @Test
    void withEnoughRoomAllSessionsOfThePersonAreDrawn() {
        Sampler.Sample sample = draw(1_000_000, 30);
        assertThat(sessions(sample)).hasSize(2 * (SESSIONS - SESSIONS / 7));
        assertThat(sample.messages()).isLessThan(sample.available());
        assertThat(sample.parts()).hasSizeGreaterThan(3);
        assertThat(draw(0, 30).parts()).isEmpty();
    }
}
