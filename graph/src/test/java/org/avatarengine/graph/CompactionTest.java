package org.avatarengine.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.avatarengine.failure.GraphException;
import org.avatarengine.files.FileTree;
import org.avatarengine.graph.vocabulary.RelationshipTypes;
import org.avatarengine.progress.Progress;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** What was deleted is in no file after a compaction, and everything else is as it was. */
class CompactionTest {
    private static final String SECRET = "the ślub was planned in a wąwóz near Kraków";
    private static final int MESSAGES = 3000;
    private static final JsonMapper JSON = JsonMapper.shared();

    @TempDir
    static Path prepared;

    @TempDir
    Path temp;

    private static TreeSet<String> content;

    private Path folder;

    @BeforeAll
    static void fillAndDelete() {
        try (EmbeddedGraph graph = EmbeddedGraph.open(prepared)) {
            Schema.migrate(graph);
            Mutations data = new Mutations();
            data.node(NodeLabel.PERSON, "anna").put("name", "Anna").put("owner", false);
            for (int i = 0; i < MESSAGES; i++) {
                data.node(NodeLabel.MESSAGE, "m" + i)
                        .put("text", i % 10 == 0 ? SECRET + " " + i : "message number " + i)
                        .put("sentAt", Instant.ofEpochSecond(1_700_000_000L + i))
                        .put("rangeStarts", List.of(1, 2, i))
                        .put("rangeKinds", List.of("PART", "LINK"));
                data.link(NodeLabel.PERSON, "anna", RelationshipTypes.SENT, NodeLabel.MESSAGE, "m" + i);
                if (i > 0) {
                    data.link(
                                    NodeLabel.MESSAGE,
                                    "m" + i,
                                    RelationshipTypes.REPLIES_TO,
                                    NodeLabel.MESSAGE,
                                    "m" + (i - 1))
                            .put("part", i);
                }
            }
            graph.write(transaction -> transaction.apply(data));
            graph.write(transaction -> transaction.run(
                    "CREATE (:Passage {id: 'p1', number: 1, conversation: 'c', period: 3, text: 'a passage', vector: $v})",
                    Map.of("v", new float[384])));
            graph.awaitIndexes();
            graph.write(transaction ->
                    transaction.run("MATCH (m:Message) WHERE m.text STARTS WITH 'the ślub' DETACH DELETE m", Map.of()));
            content = content(graph);
        }
        assertThat(content).hasSizeGreaterThan(MESSAGES);
    }

    @BeforeEach
    void copyPrepared() throws IOException {
        folder = temp.resolve("graph");
        copy(prepared, folder);
        assertThat(filesWith("wąwóz")).as("deleted data is still in the files").isNotEmpty();
    }

    /** All nodes and relationships with their properties. */
    private static TreeSet<String> content(Graph graph) {
        TreeSet<String> all = new TreeSet<>();
        graph.read(
                "MATCH (n) WHERE NOT (n:AvatarSystem AND n.id = 'schema')"
                        + " RETURN toString(labels(n)[0]) + ' ' + n.id AS of, properties(n) AS properties",
                Map.of(),
                row -> all.add(JSON.writeValueAsString(row.values())));
        graph.read(
                "MATCH (a)-[r]->(b) RETURN a.id + type(r) + b.id AS of, properties(r) AS properties",
                Map.of(),
                row -> all.add(JSON.writeValueAsString(row.values())));
        return all;
    }

    private List<String> filesWith(String text) {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                for (var charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE)) {
                    if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                            .contains(new String(text.getBytes(charset), StandardCharsets.ISO_8859_1))) {
                        found.add(folder.relativize(file).toString());
                    }
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return found;
    }

    private void assertSameContentWithoutTheSecret() {
        try (EmbeddedGraph graph = EmbeddedGraph.open(folder)) {
            Schema.migrate(graph);
            graph.awaitIndexes();
            assertThat(content(graph).equals(content))
                    .as("nodes and relationships")
                    .isTrue();
            assertThat(graph.read("SHOW CONSTRAINTS YIELD name RETURN name", Map.of()).stream()
                            .map(row -> row.requireText("name"))
                            .collect(Collectors.toSet()))
                    .containsAll(Schema.constraints());
            assertThat(graph.read(
                                    "CALL db.index.fulltext.queryNodes('message_text', 'number') YIELD node RETURN count(node) AS n",
                                    Map.of())
                            .getFirst()
                            .number("n"))
                    .isEqualTo(MESSAGES - MESSAGES / 10);
        }
        assertThat(folder.resolve("compacting")).doesNotExist();
        assertThat(folder.resolve("compacted")).doesNotExist();
        assertThat(folder.resolve("replaced")).doesNotExist();
    }

    @Test
    void deletedDataIsInNoFile() {
        Compaction.Compacted done = new Compaction(folder).run(Progress.SILENT, () -> false);
        assertThat(done.nodes()).isEqualTo(MESSAGES - MESSAGES / 10 + 2);
        assertSameContentWithoutTheSecret();
        assertThat(filesWith("wąwóz")).isEmpty();
        assertThat(filesWith("ślub")).isEmpty();
    }

    @Test
    void stoppingLeavesTheGraphAsItIs() {
        assertThatThrownBy(() -> new Compaction(folder).run(Progress.SILENT, () -> true))
                .isInstanceOf(GraphException.class)
                .hasMessage("Stopped. The store was not changed.");
        assertSameContentWithoutTheSecret();
    }

    /** The states that a killed process can leave. */
    @ParameterizedTest
    @ValueSource(strings = {"writing", "written", "half in place", "in place"})
    void aKilledCompactionIsContinuedAtTheNextStart(String state) throws Exception {
        Path copy = temp.resolve("new");
        copy(folder, copy);
        new Compaction(copy).run(Progress.SILENT, () -> false);
        Path data = folder.resolve("data");
        switch (state) {
            case "writing" -> {
                copy(copy.resolve("data/databases/neo4j"), folder.resolve("compacting/data/databases/neo4j"));
                Files.delete(folder.resolve("compacting/data/databases/neo4j/neostore"));
            }
            case "written" -> written(copy);
            case "half in place" -> {
                written(copy);
                Path old = Files.createDirectories(folder.resolve("replaced/data/databases"));
                Files.move(data.resolve("databases/neo4j"), old.resolve("neo4j"));
                Files.move(folder.resolve("compacted/data/databases/neo4j"), data.resolve("databases/neo4j"));
            }
            default -> {
                written(copy);
                Compaction.complete(folder);
                assertThat(Compaction.hasReplaced(folder)).isTrue();
            }
        }
        assertSameContentWithoutTheSecret();
        assertThat(filesWith("wąwóz").isEmpty()).isEqualTo(!state.equals("writing"));
    }

    /** If the new files cannot be used, the old ones are used again. */
    @Test
    void theOldFilesReturnIfTheNewOnesDoNotOpen() throws Exception {
        Path copy = temp.resolve("new");
        copy(folder, copy);
        new Compaction(copy).run(Progress.SILENT, () -> false);
        written(copy);
        Compaction.complete(folder);
        Files.write(folder.resolve("data/databases/neo4j/neostore"), new byte[100]);
        assertSameContentWithoutTheSecret();
    }

    private void written(Path from) throws IOException {
        for (String part : List.of("data/databases/neo4j", "data/transactions/neo4j")) {
            copy(from.resolve(part), folder.resolve("compacted").resolve(part));
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        FileTree.copy(from, to, file -> true);
    }
}
