package org.avatarengine.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;
import org.avatarengine.graph.EmbeddedGraph;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Row;
import org.avatarengine.graph.Schema;
import org.avatarengine.identity.HandleNormalizer;
import org.avatarengine.progress.Progress;
import org.avatarengine.source.Source;
import org.avatarengine.source.exported.TableSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A name, an identifier or a word of any length does not end an import. */
class LongNamesTest {
    private static final String LONG = "é".repeat(20_000);

    @TempDir
    Path folder;

    @Test
    void longNamesAreCutAndLongIdentifiersStayDifferent() throws Exception {
        Path file = Files.writeString(
                folder.resolve("t.csv"),
                "id,conversation,sender,sender_name,sent_at,text\n"
                        + row("1", "talk", "ann@example.org", LONG, "hi")
                        + row(LONG + "2", LONG, LONG + "b", "Ben", LONG)
                        + row(LONG + "3", LONG, LONG + "c", "Cleo", "hello " + LONG)
                        + row("4", "talk", "Sam", "", "yes"));
        try (Graph graph = EmbeddedGraph.open(folder.resolve("graph"))) {
            Schema.migrate(graph);
            assertThat(run(graph, file).newMessages()).isEqualTo(4);
            Path again = Files.writeString(folder.resolve("u.csv"), Files.readString(file) + "\n");
            assertThat(run(graph, again).newMessages()).isZero();
            Row found = graph.read("""
                            MATCH (p:Person)-[:SENT]->(m:Message) WHERE NOT p.owner
                            RETURN count(DISTINCT p) AS people, max(size(p.name)) AS longest, max(size(m.text)) AS text
                            """, Map.of()).getFirst();
            assertThat(found.number("people")).isEqualTo(3);
            assertThat(found.number("longest")).isEqualTo(501);
            assertThat(found.number("text")).isEqualTo(20_006);
        }
    }

    private static String row(String id, String conversation, String sender, String name, String text) {
        return String.join(",", id, conversation, sender, name, "2024-05-01T12:00:00Z", text) + "\n";
    }

    private static ImportReport run(Graph graph, Path file) throws Exception {
        HandleNormalizer normalizer = new HandleNormalizer("DE");
        try (Source source = TableSource.generic(file, false, "Sam", ZoneId.of("UTC"), normalizer)) {
            return new Ingest(graph, normalizer, Progress.SILENT, () -> false).run(source);
        }
    }
}
