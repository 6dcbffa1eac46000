package org.avatarengine.app.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.avatarengine.app.print.Dates;
import org.avatarengine.app.print.Display;
import org.avatarengine.app.print.Quantities;
import org.avatarengine.app.print.ReaderLocale;
import org.avatarengine.app.services.Services;
import org.avatarengine.failure.GraphException;
import org.avatarengine.files.FileTree;
import org.avatarengine.files.PrivateFiles;
import org.avatarengine.graph.Compaction;
import org.avatarengine.graph.Graph;
import org.avatarengine.vault.Backup;
import org.avatarengine.vault.DataFolder.Content;

/** Finds what can be repaired in the data folder. Nothing is changed until a repair is run. */
final class Repairs {
    private static final String BROKEN_INDEXES =
            "SHOW INDEXES YIELD name, state WHERE state = 'FAILED' RETURN name AS name";

    /** A step that can fail. */
    @FunctionalInterface
    interface Step {
        void run() throws IOException;
    }

    /**
     * Something that can be repaired.
     *
     * @param problem what is wrong
     * @param remedy what the repair does, as a question without its mark
     */
    record Repair(String problem, String remedy, Step step) {}

    private final Services services;
    private final Display progress;
    /** What is wrong and cannot be repaired here, with what to do. */
    private final List<String> hopeless = new ArrayList<>();

    Repairs(Services services, Display progress) {
        this.services = services;
        this.progress = progress;
    }

    /** The repairs that are possible, in the order in which to run them. No other process may use the data. */
    List<Repair> find() throws IOException {
        List<Repair> repairs = new ArrayList<>();
        Path data = services.data().path();
        if (PrivateFiles.isOpenToOthers(data)) {
            repairs.add(new Repair(
                    "Other users of this computer can look into " + data + ".",
                    "Restrict access to you",
                    () -> PrivateFiles.folder(data)));
        }
        Path work = services.data().at(Content.WORK);
        long left = FileTree.bytes(work);
        if (left > 0) {
            repairs.add(new Repair(
                    "An interrupted command left temporary files (" + Quantities.size(left) + ").",
                    "Delete them",
                    () -> FileTree.delete(work)));
        }
        if (!services.usesServer() && Files.isDirectory(services.data().at(Content.GRAPH))) {
            graph(repairs);
        }
        return repairs;
    }

    List<String> hopeless() {
        return hopeless;
    }

    private void graph(List<Repair> repairs) {
        Compaction compaction = new Compaction(services.data().at(Content.GRAPH));
        try (Graph graph = services.openGraph()) {
            List<String> broken = graph.read(BROKEN_INDEXES, Map.of()).stream()
                    .map(row -> row.requireText("name"))
                    .toList();
            if (!broken.isEmpty()) {
                repairs.add(new Repair(
                        "Search indexes are damaged: " + String.join(", ", broken) + ".", "Build them again", () -> {
                            compaction.run(progress, () -> false);
                            progress.done();
                        }));
            }
            // A damaged store may open; reading everything shows it.
            long[] nodes = {0};
            graph.read("MATCH (n) RETURN n.id AS id, properties(n) AS properties", Map.of(), row -> {
                row.requireText("id");
                nodes[0]++;
            });
            long[] relationships = {0};
            graph.read("MATCH ()-[r]->() RETURN properties(r) AS properties", Map.of(), row -> relationships[0]++);
            if (nodes[0] != count(graph, "MATCH (n) RETURN count(n) AS n")
                    || relationships[0] != count(graph, "MATCH ()-[r]->() RETURN count(r) AS n")) {
                damaged("The graph is damaged: it counts more than it holds.", compaction, repairs);
            }
        } catch (GraphException e) {
            damaged(String.valueOf(e.getMessage()), compaction, repairs);
        }
    }

    /** A count that the store keeps, without reading what is counted. */
    private static long count(Graph graph, String statement) {
        return graph.read(statement, Map.of()).getFirst().number("n");
    }

    private void damaged(String problem, Compaction compaction, List<Repair> repairs) {
        if (!problem.contains("is damaged")) {
            hopeless.add(problem);
            return;
        }
        Compaction.Salvaged salvaged = compaction.salvage(progress);
        progress.done();
        Optional<Backup.Made> backup = lastBackup();
        if (salvaged == null) {
            hopeless.add("The graph cannot be read at all. "
                    + backup.map(made -> "Restore the backup of " + Dates.day(made.at()) + ": `avatar restore "
                                    + made.file() + " --replace`.")
                            .orElse("There is no backup. Run `avatar reset`, then import your messages again."));
            return;
        }
        repairs.add(new Repair(
                String.format(
                        ReaderLocale.get(),
                        "The graph is damaged. %,d entries and %,d connections can be read, %,d cannot.",
                        salvaged.nodes(),
                        salvaged.relationships(),
                        salvaged.unreadable()),
                "Keep what can be read"
                        + backup.map(made ->
                                        " (instead of the backup of " + Dates.day(made.at()) + ", " + made.file() + ")")
                                .orElse(""),
                compaction::useSalvaged));
    }

    /** The newest backup that is still in its place. */
    private Optional<Backup.Made> lastBackup() {
        return new Backup(services.data().path())
                .all().reversed().stream()
                        .filter(made -> Files.isRegularFile(Path.of(made.file())))
                        .findFirst();
    }
}
