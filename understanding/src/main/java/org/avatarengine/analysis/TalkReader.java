package org.avatarengine.analysis;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Row;
import org.avatarengine.language.Utterance;
import org.avatarengine.people.People;
import org.avatarengine.text.OwnText;
import org.avatarengine.text.Tokenizer;
import org.jspecify.annotations.Nullable;

/** Reads written conversations, not recordings, from the graph. Thread-safe. */
final class TalkReader {
    private static final String CONVERSATIONS = """
            MATCH (c:Conversation) WHERE NOT c:Recording
            RETURN c.id AS id, c.group AS group,
                   COLLECT { MATCH (c)<-[:MEMBER_OF]-(p:Person) RETURN DISTINCT p.id ORDER BY p.id } AS members,
                   COUNT { (c)<-[:SENT_TO]-(:Message) } AS messages
            ORDER BY messages DESC, id""";

    private static final String MESSAGES = """
            MATCH (:Conversation {id: $id})<-[:SENT_TO]-(m:Message)<-[:SENT]-(p:Person)
            WHERE $from <= m.sentAt.epochSeconds < $until AND m.deletedAt IS NULL
            RETURN m.id AS id, p.id AS sender, m.sentAt AS at, coalesce(m.own, m.text) AS own, m.rangeKinds AS kinds,
                   CASE WHEN 'MENTION' IN m.rangeKinds THEN m.text END AS text,
                   CASE WHEN 'MENTION' IN m.rangeKinds THEN m.rangeStarts END AS starts, m.rangeEnds AS ends,
                   CASE WHEN 'MENTION' IN m.rangeKinds
                       THEN COLLECT { MATCH (m)-[:MENTIONS]->(x:Person) RETURN DISTINCT x.id } END AS mentioned,
                   CASE WHEN COUNT { (m)-[:SENT_TO]->() } > 1
                       THEN head(COLLECT { MATCH (m)-[:SENT_TO]->(c:Conversation) RETURN c.id ORDER BY c.id LIMIT 1 })
                   END AS home
            ORDER BY at, id""";

    private final Graph graph;
    private final ZoneId zone;
    private final @Nullable Instant before;
    private final Set<String> automated;
    private final ConversationPieces pieces;

    /** @param before only messages before this time are read; null for all */
    TalkReader(Graph graph, ZoneId zone, @Nullable Instant before) {
        this(graph, zone, before, ConversationPieces.PIECE);
    }

    /** @param piece the approximate number of messages that are read at once */
    TalkReader(Graph graph, ZoneId zone, @Nullable Instant before, int piece) {
        this.graph = graph;
        this.zone = zone;
        this.before = before;
        this.pieces = new ConversationPieces(graph, piece);
        this.automated = new People(graph).automated();
    }

    /** A conversation to read. */
    record Conversation(String id, boolean group, List<String> members, long messages) {}

    /** All conversations, the largest first. */
    List<Conversation> conversations() {
        List<Conversation> all = new ArrayList<>();
        graph.read(
                CONVERSATIONS,
                Map.of(),
                row -> all.add(new Conversation(
                        row.requireText("id"), row.isTrue("group"), row.texts("members"), row.number("messages"))));
        return all;
    }

    boolean isAutomated(String person) {
        return automated.contains(person);
    }

    /**
     * Reads a conversation line by line in chronological order, with at most one piece in memory. A message in several
     * conversations counts only in the first of them by id.
     */
    void read(Conversation conversation, Consumer<Talk.Line> lines) {
        for (ConversationPieces.Piece piece : pieces.of(conversation.id(), conversation.messages())) {
            read(conversation, piece, lines);
        }
    }

    private void read(Conversation conversation, ConversationPieces.Piece piece, Consumer<Talk.Line> lines) {
        Map<String, Object> which = Map.of("id", conversation.id(), "from", piece.from(), "until", piece.until());
        graph.read(MESSAGES, which, row -> {
            Instant at = row.time("at");
            String home = row.text("home");
            if (at != null && reaches(at) && (home == null || home.equals(conversation.id()))) {
                lines.accept(line(row, row.requireText("id"), at));
            }
        });
    }

    private boolean reaches(Instant at) {
        return before == null || at.isBefore(before);
    }

    /** The person whom a message mentions, and the word for them; null unless it is exactly one person and one word. */
    private static Talk.@Nullable Mention mention(Row row) {
        String written = row.text("text");
        List<String> mentioned = row.texts("mentioned");
        List<String> kinds = row.texts("kinds");
        int at = kinds.indexOf("MENTION");
        if (written == null || mentioned.size() != 1 || at != kinds.lastIndexOf("MENTION")) {
            return null;
        }
        int start = Integer.parseInt(row.texts("starts").get(at));
        int end = Integer.parseInt(row.texts("ends").get(at));
        boolean within = 0 <= start && start < end && end <= written.length();
        return within ? new Talk.Mention(mentioned.getFirst(), written.substring(start, end)) : null;
    }

    private Talk.Line line(Row row, String id, Instant at) {
        String text = OwnText.written(row.text("own"));
        String sender = row.requireText("sender");
        boolean counts = !text.isEmpty() && !automated.contains(sender);
        return new Talk.Line(
                id,
                sender,
                at.atZone(zone),
                text,
                counts ? Utterance.of(Tokenizer.tokens(text)) : Utterance.NOTHING,
                counts,
                mention(row));
    }
}
