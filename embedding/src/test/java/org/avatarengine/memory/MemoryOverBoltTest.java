package org.avatarengine.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.avatarengine.analysis.Analysis;
import org.avatarengine.analysis.Portrait;
import org.avatarengine.chat.Avatar;
import org.avatarengine.chat.Spoken;
import org.avatarengine.demo.DemoLife;
import org.avatarengine.embedding.OnnxEncoder;
import org.avatarengine.embedding.SentenceModel;
import org.avatarengine.exclusion.Exclusions;
import org.avatarengine.graph.BoltGraph;
import org.avatarengine.graph.EmbeddedGraph;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Schema;
import org.avatarengine.identity.HandleNormalizer;
import org.avatarengine.ingest.Ingest;
import org.avatarengine.people.People;
import org.avatarengine.people.Person;
import org.avatarengine.progress.Progress;
import org.avatarengine.reply.NearestReply;
import org.avatarengine.reply.Turn;
import org.avatarengine.source.Filter;
import org.avatarengine.source.Source;
import org.avatarengine.source.imessage.ChatDbSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recall, replies and exclusion give the same results on a server over Bolt as on the embedded graph. */
class MemoryOverBoltTest {
    private static final HandleNormalizer US = new HandleNormalizer("US");
    private static final ZoneId ZONE = ZoneId.of("America/New_York");
    private static final Clock NOW = Clock.fixed(Instant.parse("2025-06-01T12:00:00Z"), ZONE);

    @TempDir
    static Path folder;

    @Test
    void recallAndRepliesAreTheSame() throws Exception {
        DemoLife.Written life = DemoLife.write(folder.resolve("life"));
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        try (OnnxEncoder encoder = new OnnxEncoder(SentenceModel.MINILM, 2);
                EmbeddedGraph server =
                        EmbeddedGraph.open(folder.resolve("server"), new EmbeddedGraph.Bolt(port, "a long password"));
                Graph remote = BoltGraph.connect(URI.create("neo4j://127.0.0.1:" + port), "neo4j", "a long password")) {
            assertThat(remote.place()).isNotEqualTo(server.place());
            Schema.migrate(remote);
            try (Source source =
                    ChatDbSource.open(life.database(), life.addressBook(), folder.resolve("work"), US, Filter.ALL, 2)) {
                new Ingest(remote, US, Progress.SILENT, () -> false).run(source);
            }
            MemoryIndex index = new MemoryIndex(remote, encoder);
            assertThat(index.fill(Progress.SILENT, () -> false)).isGreaterThan(1000);
            assertThat(index.open()).isZero();

            People people = new People(remote);
            Person maya = people.find("Maya");
            Person owner = people.find("me");
            RecallQuery question = new RecallQuery("When do we go to the cabin?", maya.id(), owner.id());
            List<Exchange> found = new Memory(remote, encoder, NOW).recall(question, 5);
            assertThat(found).hasSize(5).isEqualTo(new Memory(server, encoder, NOW).recall(question, 5));

            Spoken spoken = answer(remote, encoder, maya, owner, question);
            assertThat(spoken.text()).isNotBlank();
            assertThat(spoken.prompt()).contains("Maya");
            assertThat(spoken).isEqualTo(answer(server, encoder, maya, owner, question));

            new Exclusions(remote).exclude(maya, NOW.instant());
            assertThat(new Exclusions(server).all()).hasSize(1);
            assertThat(server.read("MATCH (p:Person {id: $id}) RETURN p.id AS id", Map.of("id", maya.id())))
                    .isEmpty();
        }
    }

    private static Spoken answer(Graph graph, OnnxEncoder encoder, Person maya, Person owner, RecallQuery question)
            throws InterruptedException {
        Portrait portrait = new Analysis(graph, ZONE, text -> null, (stage, done, total) -> {}, () -> false)
                .of(Set.of(maya.id()))
                .portraits()
                .getFirst();
        Avatar avatar = new Avatar(graph, encoder, NOW, portrait, owner, question);
        return avatar.answer(List.of(new Turn(false, "How was your day?")), new NearestReply(), text -> {});
    }
}
