package org.avatarengine.app;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Row;
import org.avatarengine.vault.PrivateFiles;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Writes what is stored in formats that other programs read: messages and people as CSV; with --everything also",
            "the whole graph as JSON Lines, and recordings, voices, models, settings, costs and the audit log as they are.",
            "It is not encrypted, so keep it where only you can reach it."
        })
final class ExportCommand extends GraphCommand {
    private static final String MESSAGES = """
            MATCH (m:Message)
            OPTIONAL MATCH (p:Person)-[:SENT]->(m)
            OPTIONAL MATCH (m)-[:SENT_TO]->(c:Conversation)
            RETURN m.id AS id, c.id AS conversation, coalesce(m.handle, p.id) AS sender, p.name AS name,
                   m.sentAt AS at, m.text AS text, m.fromOwner AS own, m.service AS service, m.replyTo AS reply""";

    private static final String PEOPLE = """
            MATCH (p:Person)
            RETURN p.id AS id, p.name AS name, coalesce(p.owner, false) AS owner,
                   COLLECT { MATCH (p)-[:HAS_HANDLE]->(h:Handle) RETURN h.id ORDER BY h.id } AS addresses,
                   COUNT { (p)-[:SENT]->(:Message) } AS sent
            ORDER BY sent DESC, id""";

    /** What is made anew from the rest is left out of nodes. */
    private static final String NODES =
            "MATCH (n) RETURN elementId(n) AS element, labels(n) AS labels, n {.*, vector: null} AS properties";

    private static final String RELATIONSHIPS =
            "MATCH (a)-[r]->(b) RETURN elementId(a) AS from, type(r) AS type, elementId(b) AS to, properties(r) AS properties";

    /** What is in the graph's own form, made anew from it, or opens something. */
    private static final Set<String> LEFT = Set.of(
            "graph",
            "vectors",
            "work",
            "tools",
            "models-speech",
            "serving.json",
            "open.html",
            "api-token",
            ".in-use",
            "anonymize.key");

    @Parameters(paramLabel = "DIR", description = "A folder that does not exist yet, or is empty.")
    Path folder = Path.of("");

    @Option(names = "--everything", description = "Not only messages and people, but all that is stored.")
    boolean everything;

    @Override
    int run(Graph graph) throws IOException {
        Path target = folder.toAbsolutePath().normalize();
        if (Files.exists(target) && !isEmpty(target)) {
            throw new InputException(folder + " exists and is not empty. Give a folder that does not exist yet.");
        }
        if (target.startsWith(common.dataFolder().toAbsolutePath().normalize())) {
            throw new InputException("Give a folder outside of the data folder.");
        }
        Path part = target.resolveSibling(target.getFileName() + ".part");
        if (Files.exists(part)) {
            throw new InputException(part + " is left from an export that was stopped. Delete it and try again.");
        }
        PrivateFiles.folder(part);
        Map<String, Long> written = new LinkedHashMap<>();
        Display progress = common.display(err());
        try {
            written.put("messages.csv", messages(graph, part.resolve("messages.csv"), progress));
            written.put("people.csv", people(graph, part.resolve("people.csv")));
            if (everything) {
                PrivateFiles.folder(part.resolve("graph"));
                written.put("graph/nodes.jsonl", lines(graph, NODES, part.resolve("graph/nodes.jsonl"), progress));
                written.put(
                        "graph/relationships.jsonl",
                        lines(graph, RELATIONSHIPS, part.resolve("graph/relationships.jsonl"), progress));
                written.put("files", files(part.resolve("files"), progress));
            }
            Files.deleteIfExists(target);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            progress.done();
        }
        if (common.json) {
            Json.print(out(), Map.of("folder", target.toString(), "written", written));
        } else {
            written.forEach((file, count) -> out().printf(Locale.ROOT, "%,12d  %s%n", count, file));
            out().println("Written to " + target + ", not encrypted.");
            out().flush();
        }
        return 0;
    }

    private static boolean isEmpty(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        }
    }

    /** The columns are those that {@code avatar import} reads. */
    private static long messages(Graph graph, Path file, Display progress) throws IOException {
        List<String> header = List.of(
                "id", "conversation", "sender", "sender_name", "sent_at", "text", "from_me", "service", "reply_to");
        return csv(graph, MESSAGES, file, header, progress, row -> new @Nullable Object[] {
            row.text("id"),
            row.text("conversation"),
            row.text("sender"),
            row.text("name"),
            row.time("at"),
            row.text("text"),
            row.isTrue("own"),
            row.text("service"),
            row.text("reply")
        });
    }

    private static long people(Graph graph, Path file) throws IOException {
        List<String> header = List.of("id", "name", "owner", "addresses", "messages");
        return csv(graph, PEOPLE, file, header, null, row -> new @Nullable Object[] {
            row.text("id"),
            row.text("name"),
            row.isTrue("owner"),
            String.join(" ", row.texts("addresses")),
            row.number("sent")
        });
    }

    /** The cells of a row. */
    @FunctionalInterface
    private interface Cells {
        @Nullable
        Object[] of(Row row);
    }

    private static long csv(
            Graph graph, String cypher, Path file, List<String> header, @Nullable Display progress, Cells cells)
            throws IOException {
        long[] count = {0};
        try (BufferedWriter out = Files.newBufferedWriter(file);
                SafeCsv csv = new SafeCsv(out, header)) {
            graph.read(cypher, Map.of(), row -> {
                try {
                    csv.row(cells.of(row));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                if (++count[0] % 1000 == 0 && progress != null) {
                    progress.at("writing " + file.getFileName(), count[0], -1);
                }
            });
        }
        return count[0];
    }

    private static long lines(Graph graph, String cypher, Path file, Display progress) throws IOException {
        long[] count = {0};
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            graph.read(cypher, Map.of(), row -> {
                try {
                    out.write(Json.oneLine(row.values()));
                    out.newLine();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                if (++count[0] % 1000 == 0) {
                    progress.at("writing " + file.getFileName(), count[0], -1);
                }
            });
        }
        return count[0];
    }

    private long files(Path into, Display progress) throws IOException {
        Path data = common.dataFolder();
        long count = 0;
        try (Stream<Path> tree = Files.walk(data)) {
            for (Path file : (Iterable<Path>) tree::iterator) {
                Path relative = data.relativize(file);
                boolean wanted = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                        && !LEFT.contains(relative.getName(0).toString());
                if (wanted) {
                    Path target = into.resolve(relative);
                    Files.createDirectories(target.getParent() == null ? into : target.getParent());
                    Files.copy(file, target);
                    progress.at("copying files", ++count, -1);
                }
            }
        }
        return count;
    }
}
