package org.avatarengine.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.avatarengine.event.MessageKind;
import org.avatarengine.event.Service;
import org.avatarengine.event.TextRange;
import org.avatarengine.graph.DataVersion;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Row;
import org.avatarengine.ownwords.OwnWords;
import org.avatarengine.passage.Withdrawal;
import org.avatarengine.progress.Progress;

/**
 * Stores made by earlier versions do not say which words of a message are its sender's own. What the text alone shows is
 * added here, once; what only the source knows comes with its next import.
 */
public final class StoredWords {
    /** Raised when {@link OwnWords} recognizes more in a text than before. */
    private static final long VERSION = 1;

    private static final int BLOCK = 10_000;

    private static final String REACHED =
            "MATCH (s:AvatarSystem {id: 'words'}) RETURN s.version AS version, s.after AS after";

    private static final String READ = """
            MATCH (m:Message) WHERE m.id > $after
            WITH m ORDER BY m.id LIMIT $block
            RETURN m.id AS id, CASE WHEN m.kind IS NULL THEN m.text END AS text, m.service AS service,
                   m.fromOwner AS byOwner, m.own AS own, m.rangeKinds AS kinds, m.rangeStarts AS starts,
                   m.rangeEnds AS ends""";

    private static final String WRITE = """
            UNWIND $rows AS row
            MATCH (m:Message {id: row.id}) SET m.kind = row.kind, m.own = row.own""";

    private static final String REACH =
            "MERGE (s:AvatarSystem {id: 'words'}) SET s.version = $version, s.after = $after";

    private StoredWords() {}

    /** Records for a graph without messages that nothing has to be added. */
    static void markCurrent(Graph graph) {
        reached(graph, "", List.of(), VERSION);
    }

    /**
     * Adds what is missing; does nothing the second time. An interrupted run goes on where it stopped.
     *
     * @return the number of messages with other own words than before
     */
    public static long update(Graph graph, Progress progress) {
        String after = "";
        for (Row row : graph.read(REACHED, Map.of())) {
            if (row.number("version") >= VERSION) {
                return 0;
            }
            after = Objects.requireNonNullElse(row.text("after"), "");
        }
        long total = graph.read("MATCH (m:Message) RETURN count(m) AS n", Map.of())
                .getFirst()
                .number("n");
        long seen = 0;
        long changed = 0;
        while (true) {
            List<Row> block = graph.read(READ, Map.of("after", after, "block", BLOCK));
            if (block.isEmpty()) {
                reached(graph, "", List.of(), VERSION);
                return changed;
            }
            after = block.getLast().requireText("id");
            List<Map<String, Object>> rows = new ArrayList<>();
            for (Row row : block) {
                String text = row.text("text");
                if (text != null) {
                    OwnWords own = OwnWords.of(
                            text,
                            ranges(row),
                            MessageKind.TYPED,
                            Service.valueOf(row.requireText("service")),
                            row.isTrue("byOwner"));
                    if (!own.text().equals(Objects.requireNonNullElse(row.text("own"), text))) {
                        rows.add(changed(row.requireText("id"), own));
                    }
                }
            }
            reached(graph, after, rows, VERSION - 1);
            changed += rows.size();
            seen += block.size();
            progress.at("checking whose words messages are", seen, Math.max(seen, total));
        }
    }

    private static Map<String, Object> changed(String id, OwnWords own) {
        return own.kind() == MessageKind.TYPED
                ? Map.of("id", id, "own", own.text())
                : Map.of("id", id, "own", own.text(), "kind", own.kind().name());
    }

    private static void reached(Graph graph, String after, List<Map<String, Object>> rows, long version) {
        graph.write(transaction -> {
            if (!rows.isEmpty()) {
                Withdrawal.of(
                        transaction,
                        rows.stream().map(row -> String.valueOf(row.get("id"))).toList());
                transaction.run(WRITE, Map.of("rows", rows));
                DataVersion.advance(transaction);
            }
            return transaction.run(REACH, Map.of("version", version, "after", after));
        });
    }

    private static List<TextRange> ranges(Row row) {
        List<String> kinds = row.texts("kinds");
        List<Long> starts = row.numbers("starts");
        List<Long> ends = row.numbers("ends");
        List<TextRange> ranges = new ArrayList<>();
        for (int i = 0; i < kinds.size() && i < starts.size() && i < ends.size(); i++) {
            ranges.add(new TextRange(
                    Math.toIntExact(starts.get(i)),
                    Math.toIntExact(ends.get(i)),
                    TextRange.Kind.valueOf(kinds.get(i)),
                    null));
        }
        return ranges;
    }
}
