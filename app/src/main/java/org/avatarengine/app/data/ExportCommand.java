package org.avatarengine.app.data;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.avatarengine.app.print.Display;
import org.avatarengine.app.print.Json;
import org.avatarengine.app.print.JsonOutput;
import org.avatarengine.app.print.ReaderLocale;
import org.avatarengine.app.print.SafeCsv;
import org.avatarengine.app.services.GraphCommand;
import org.avatarengine.app.services.InputException;
import org.avatarengine.files.PrivateFiles;
import org.avatarengine.files.WholeFile;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Row;
import org.avatarengine.source.exported.TableSource;
import org.avatarengine.vault.DataFolder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@JsonOutput(ExportCommand.Exported.class)
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Exports messages and people as CSV files.",
            "With --everything, it also exports the whole graph as JSON Lines, and copies recordings, voices, models,"
                    + " settings, the ledger and the audit log.",
            "The export is not encrypted. Keep it where only you can read it."
        })
public final class ExportCommand extends GraphCommand {
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

    /** Vectors are left out: the program computes them again from the messages. */
    private static final String NODES =
            "MATCH (n) RETURN elementId(n) AS element, labels(n) AS labels, n {.*, vector: null} AS properties";

    private static final String RELATIONSHIPS =
            "MATCH (a)-[r]->(b) RETURN elementId(a) AS from, type(r) AS type, elementId(b) AS to, properties(r) AS properties";

    private static final Set<String> LEFT_OUT = DataFolder.leftOutOf(DataFolder.Operation.EXPORT);

    @Parameters(paramLabel = "DIR", description = "The folder to write to. It must be empty or not exist yet.")
    Path folder = Path.of("");

    @Option(names = "--everything", description = "Export all stored data, not only messages and people.")
    boolean everything;

    /** The output of {@code --json}: the folder, and for each file how many lines or files were written. */
    record Exported(String folder, Map<String, Long> written) {}

    @Override
    protected int run(Graph graph) throws IOException {
        Path target = folder.toAbsolutePath().normalize();
        if (Files.exists(target) && !isEmpty(target)) {
            throw new InputException(folder + " exists and is not empty. Give an empty or new folder.");
        }
        if (target.startsWith(services().data().path().toAbsolutePath().normalize())) {
            throw new InputException(folder + " is inside the data folder. Give a folder outside of it.");
        }
        Path part = WholeFile.part(target);
        if (Files.exists(part)) {
            throw new InputException(
                    part + " is left over from an interrupted export. Delete it and run the command again.");
        }
        PrivateFiles.folder(part);
        Map<String, Long> written = new LinkedHashMap<>();
        Display progress = services().display(err());
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
            WholeFile.publish(part, target);
        } finally {
            progress.done();
        }
        if (options.json) {
            Json.print(out(), new Exported(target.toString(), written));
        } else {
            written.forEach((file, count) -> out().printf(ReaderLocale.get(), "%,12d  %s%n", count, file));
            out().println("Exported to " + target + ". The files are not encrypted.");
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

    /** Writes the columns that {@code avatar import} reads. */
    private static long messages(Graph graph, Path file, Display progress) throws IOException {
        return csv(graph, MESSAGES, file, TableSource.EXPORTED_COLUMNS, progress, row -> new @Nullable Object[] {
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
        Path data = services().data().path();
        long count = 0;
        try (Stream<Path> tree = Files.walk(data)) {
            for (Path file : (Iterable<Path>) tree::iterator) {
                Path relative = data.relativize(file);
                boolean wanted = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                        && !LEFT_OUT.contains(relative.getName(0).toString());
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
