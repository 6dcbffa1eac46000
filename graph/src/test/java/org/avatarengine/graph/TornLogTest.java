package org.avatarengine.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A full disk can cut off the last entry of Neo4j's log. The graph must still open, and log an error. */
class TornLogTest {
    @TempDir
    Path folder;

    @Test
    void aGraphWithACorruptLogEndOpensWithAllStoredData() throws IOException {
        try (Graph graph = EmbeddedGraph.open(folder)) {
            graph.write(t -> t.run("UNWIND range(1, 100) AS i CREATE (:Message {id: 'm' + i})", Map.of()));
        }
        byte[] rubbish = new byte[5000];
        Arrays.fill(rubbish, (byte) 0x41);
        Files.write(newestLog(), rubbish, StandardOpenOption.APPEND);
        List<String> messages = new ArrayList<>();
        Logger logger = Logger.getLogger(EmbeddedGraph.class.getName());
        Handler listener = listener(messages);
        logger.addHandler(listener);
        try (Graph graph = EmbeddedGraph.open(folder)) {
            assertThat(graph.read("MATCH (m:Message) RETURN count(m) AS n", Map.of())
                            .getFirst()
                            .number("n"))
                    .isEqualTo(100);
        } finally {
            logger.removeHandler(listener);
        }
        assertThat(messages).singleElement().asString().startsWith("The end of the graph's log was damaged");
    }

    private Path newestLog() throws IOException {
        try (Stream<Path> logs = Files.list(folder.resolve("data/transactions/neo4j"))) {
            return logs.filter(p -> p.getFileName().toString().startsWith("neostore.transaction.db."))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        }
    }

    private static Handler listener(List<String> messages) {
        return new Handler() {
            @Override
            public void publish(LogRecord record) {
                messages.add(record.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }
}
