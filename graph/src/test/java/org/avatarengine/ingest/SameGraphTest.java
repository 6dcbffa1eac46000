package org.avatarengine.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TimeZone;
import java.util.TreeMap;
import org.avatarengine.graph.EmbeddedGraph;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Schema;
import org.avatarengine.identity.HandleNormalizer;
import org.avatarengine.progress.Progress;
import org.avatarengine.source.Source;
import org.avatarengine.source.apps.EveryFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever the order of imports, the names and places of the files, and the zone and language of the computer, and
 * however often a file is imported: the graph is the same.
 */
class SameGraphTest {
    private static final int MESSAGES = 24;

    @TempDir
    static Path folder;

    private static Graph graph;
    private static Map<String, Path> places;
    private static List<String> right;

    @BeforeAll
    static void importOnce() throws Exception {
        graph = EmbeddedGraph.open(folder.resolve("graph"));
        places = write(folder.resolve("exports"));
        right = imported(places, List.copyOf(places.keySet()));
        assertThat(right).hasSizeGreaterThan(MESSAGES * places.size());
    }

    @AfterAll
    static void close() {
        graph.close();
    }

    private static Map<String, Path> write(Path into) throws Exception {
        List<EveryFormat.Line> lines = new ArrayList<>();
        for (int i = 0; i < MESSAGES; i++) {
            lines.add(new EveryFormat.Line(
                    i, i % 3 == 0, Instant.parse("2024-03-20T08:00:00Z").plusSeconds(39_660L * i), "line " + i));
        }
        Map<String, Path> places = new LinkedHashMap<>();
        for (Map.Entry<String, EveryFormat.Writer> format : EveryFormat.all().entrySet()) {
            places.put(format.getKey(), format.getValue().write(into.resolve(format.getKey()), lines));
        }
        return places;
    }

    /** Imports into an empty graph and returns its content. */
    private static List<String> imported(Map<String, Path> places, List<String> order) throws Exception {
        graph.write(t -> t.run("MATCH (n) DETACH DELETE n", Map.of()));
        Schema.migrate(graph);
        for (String format : order) {
            try (Source source = EveryFormat.open(format, places.get(format), folder.resolve("work"))) {
                new Ingest(graph, new HandleNormalizer("DE"), Progress.SILENT, () -> false).run(source);
            }
        }
        return content();
    }

    /**
     * Every node and link, as text, without how far sources were read and in which row of which file a message is. A
     * person is told by their addresses: their identifier is that of the address that came first.
     */
    private static List<String> content() {
        List<String> lines = new ArrayList<>();
        Map<String, String> people = new HashMap<>();
        graph.read(
                "MATCH (p:Person) RETURN p.id AS id, p.name AS name, p.owner AS owner,"
                        + " COLLECT { MATCH (p)-[:HAS_HANDLE]->(h) RETURN h.id ORDER BY h.id } AS addresses",
                Map.of(),
                row -> {
                    people.put(row.requireText("id"), "person " + row.texts("addresses"));
                    lines.add("person " + row.texts("addresses") + row.text("name") + row.isTrue("owner"));
                });
        graph.read(
                "MATCH (n) WHERE NOT n:AvatarSystem AND NOT n:Source AND NOT n:Person"
                        + " RETURN labels(n) AS l, properties(n) AS p",
                Map.of(),
                row -> {
                    Map<Object, Object> properties =
                            new TreeMap<>((Map<?, ?>) row.values().get("p"));
                    properties.remove("row");
                    lines.add(row.values().get("l") + " " + properties);
                });
        graph.read(
                "MATCH (a)-[r]->(b) RETURN a.id AS a, type(r) AS t, b.id AS b",
                Map.of(),
                row -> lines.add(people.getOrDefault(row.text("a"), row.text("a"))
                        + row.text("t")
                        + people.getOrDefault(row.text("b"), row.text("b"))));
        Collections.sort(lines);
        return lines;
    }

    private static void assertSame(List<String> content) {
        List<String> more = new ArrayList<>(content);
        right.forEach(more::remove);
        List<String> less = new ArrayList<>(right);
        content.forEach(less::remove);
        assertThat(more.stream().limit(5)).as("too much").isEmpty();
        assertThat(less.stream().limit(5)).as("missing").isEmpty();
    }

    @Test
    void importedTwice() throws Exception {
        List<String> order = new ArrayList<>(places.keySet());
        order.addAll(places.keySet());
        assertSame(imported(places, order));
    }

    @Test
    void inAnotherOrder() throws Exception {
        List<String> order = new ArrayList<>(places.keySet());
        Collections.reverse(order);
        assertSame(imported(places, order));
        Collections.shuffle(order, new Random(5));
        assertSame(imported(places, order));
    }

    /** Copies of the files with other names in other folders, where the format leaves the name open. */
    @Test
    void renamedAndMoved() throws Exception {
        Map<String, Path> moved = new LinkedHashMap<>();
        for (Map.Entry<String, Path> place : write(folder.resolve("moved")).entrySet()) {
            boolean open =
                    !Files.isDirectory(place.getValue()) && !place.getKey().startsWith("WhatsApp");
            moved.put(place.getKey(), open ? renamed(place.getValue()) : place.getValue());
        }
        assertSame(imported(moved, List.copyOf(moved.keySet())));
    }

    private static Path renamed(Path file) throws IOException {
        String name = file.getFileName().toString();
        return Files.move(file, file.resolveSibling("my copy (2)" + name.substring(name.lastIndexOf('.'))));
    }

    @Test
    void onAComputerInAnotherCountry() throws Exception {
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG"));
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
            assertSame(imported(places, List.copyOf(places.keySet())));
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
    }
}
