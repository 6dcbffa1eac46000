package org.avatarengine.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.avatarengine.graph.Graph;

/**
 * Splits conversations into pieces of a limited number of messages, because the database sorts in memory. A single day is
 * never split.
 */
public final class ConversationPieces {
    /** The approximate number of messages that are read at once. */
    public static final int PIECE = 20_000;

    /** The number of messages on each day of a conversation. */
    private static final String DAYS = """
            MATCH (:Conversation {id: $id})<-[:SENT_TO]-(m:Message)
            WHERE m.sentAt IS NOT NULL
            WITH m.sentAt.epochSeconds / 86400 AS day, count(m) AS messages
            RETURN day, messages ORDER BY day""";

    private static final long SECONDS_OF_DAY = 86_400;

    private final Graph graph;
    private final int piece;

    /** @param piece how many messages are read at once, about */
    public ConversationPieces(Graph graph, int piece) {
        this.graph = graph;
        this.piece = piece;
    }

    /** A time range, in seconds since 1970-01-01 UTC; the end is exclusive. */
    public record Piece(long from, long until) {}

    /**
     * The pieces of a conversation in chronological order. They contain all messages with a time.
     *
     * @param messages how many messages the conversation has
     */
    public List<Piece> of(String conversation, long messages) {
        if (messages <= piece) {
            return List.of(new Piece(Long.MIN_VALUE, Long.MAX_VALUE));
        }
        List<Long> begins = new ArrayList<>();
        long[] inPiece = {0};
        graph.read(DAYS, Map.of("id", conversation), row -> {
            if (begins.isEmpty() || inPiece[0] + row.number("messages") > piece) {
                begins.add(row.number("day") * SECONDS_OF_DAY);
                inPiece[0] = 0;
            }
            inPiece[0] += row.number("messages");
        });
        List<Piece> pieces = new ArrayList<>();
        for (int i = 0; i < begins.size(); i++) {
            // Days before 1970 are rounded towards it, so the first piece has no lower limit.
            long from = i == 0 ? Long.MIN_VALUE : begins.get(i);
            long until = i + 1 < begins.size() ? begins.get(i + 1) : Long.MAX_VALUE;
            pieces.add(new Piece(from, until));
        }
        return pieces;
    }
}
