package org.avatarengine.enrich;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.avatarengine.analysis.ConversationPieces;
import org.avatarengine.graph.Graph;

/**
 * Chooses the messages that are sent. Whole sessions are drawn in turn from each stratum: each conversation in each
 * quarter year. A talkative friend therefore does not displace a quiet one, nor this year the last. The sample is the
 * same each time, so that an interrupted run sends the same prompts again.
 *
 * <p>Conversations are read twice, line by line: first to find the beginning and length of each session, which takes
 * eight bytes per session; then to collect the texts of the drawn sessions.
 */
final class Sampler {
    private static final String CONVERSATIONS = """
            MATCH (:Person {id: $person})-[:MEMBER_OF]->(c:Conversation)
            MATCH (c)<-[:SENT_TO]-(m:Message)<-[:SENT]-(:Person {id: $person})
            WITH DISTINCT c, count(m) AS own WHERE own > 0
            RETURN c.id AS id, own, COUNT { (c)<-[:SENT_TO]-(:Message) } AS messages ORDER BY own DESC, id""";

    private static final String MESSAGES = """
            MATCH (:Conversation {id: $id})<-[:SENT_TO]-(m:Message)<-[:SENT]-(p:Person)
            WHERE coalesce(m.own, m.text, '') <> '' AND $from <= m.sentAt.epochSeconds < $until AND m.deletedAt IS NULL
            RETURN DISTINCT m.id AS id, m.sentAt AS at, coalesce(m.own, m.text) AS text, p.id AS sender ORDER BY at, id""";

    private static final int QUARTERS = 4;
    private static final int LONGEST_MESSAGE = 2000;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

    /** A conversation of the person. The conversations are numbered from 1 by the number of the person's messages. */
    private record Conversation(int number, String id, long messages) {}

    /**
     * The sample.
     *
     * @param parts the parts, each short enough for one request
     * @param messages the number of messages in the sample
     * @param available the number of messages from which it was drawn
     * @param earlier the number of messages up to the time from which it was drawn
     * @param latest the time of the latest message; {@link Instant#EPOCH} if there is none
     */
    record Sample(List<Transcript> parts, int messages, int available, int earlier, Instant latest) {}

    /** What was met while all messages were read once. */
    private static final class Met {
        private int earlier;
        private Instant latest = Instant.EPOCH;
    }

    private final Graph graph;
    private final ConversationPieces pieces;
    private final ZoneId zone;
    private final UnaryOperator<String> clean;
    private final UnaryOperator<String> name;

    /**
     * @param clean removes personal data from a text
     * @param name the name of a person in the transcript, by id
     */
    Sampler(Graph graph, ZoneId zone, UnaryOperator<String> clean, UnaryOperator<String> name) {
        this(graph, zone, clean, name, ConversationPieces.PIECE);
    }

    /** @param piece the approximate number of messages that are read at once */
    Sampler(Graph graph, ZoneId zone, UnaryOperator<String> clean, UnaryOperator<String> name, int piece) {
        this.graph = graph;
        this.pieces = new ConversationPieces(graph, piece);
        this.zone = zone;
        this.clean = clean;
        this.name = name;
    }

    /**
     * Draws sessions.
     *
     * @param mostTokens the maximum number of tokens of the sample
     * @param mostInPart the maximum number of tokens of a part
     * @param after only later messages are drawn; {@link Instant#EPOCH} for all
     */
    Sample draw(String person, long mostTokens, long mostInPart, Instant after) {
        List<Conversation> conversations = new ArrayList<>();
        graph.read(
                CONVERSATIONS,
                Map.of("person", person),
                row -> conversations.add(
                        new Conversation(conversations.size() + 1, row.requireText("id"), row.number("messages"))));
        Map<String, Stratum> strata = new TreeMap<>();
        int available = 0;
        Met met = new Met();
        for (Conversation conversation : conversations) {
            Sessions.Lengths lengths = new Sessions.Lengths(person);
            read(conversation, line -> {
                met.latest = line.at().isAfter(met.latest) ? line.at() : met.latest;
                if (line.at().isAfter(after)) {
                    lengths.add(line);
                } else {
                    met.earlier++;
                }
            });
            lengths.end();
            available += lengths.messages();
            stratify(conversation.number, lengths, strata);
        }
        Map<Integer, BitSet> drawn = inTurn(strata.values(), mostTokens);
        List<Sessions.Session> sessions = new ArrayList<>();
        for (Conversation conversation : conversations) {
            BitSet wanted = drawn.get(conversation.number);
            if (wanted != null) {
                Sessions.Texts texts = new Sessions.Texts(person, conversation.number, wanted, sessions);
                read(conversation, line -> {
                    if (line.at().isAfter(after)) {
                        texts.add(line);
                    }
                });
                texts.end();
            }
        }
        List<Transcript> parts = parts(sessions, mostInPart);
        return new Sample(
                parts,
                parts.stream().mapToInt(part -> part.messageIds().size()).sum(),
                available,
                met.earlier,
                met.latest);
    }

    /** Reads a conversation in chronological order. */
    private void read(Conversation conversation, Consumer<Sessions.Line> lines) {
        for (ConversationPieces.Piece piece : pieces.of(conversation.id, conversation.messages)) {
            Map<String, Object> which = Map.of("id", conversation.id, "from", piece.from(), "until", piece.until());
            graph.read(MESSAGES, which, message -> {
                Instant at = message.time("at");
                String text = Transcript.oneLine(message.requireText("text").replace("\uFFFC", ""));
                if (at != null && !text.isEmpty()) {
                    String shown = text.length() > LONGEST_MESSAGE ? text.substring(0, LONGEST_MESSAGE) + " …" : text;
                    lines.accept(
                            new Sessions.Line(message.requireText("id"), at, message.requireText("sender"), shown));
                }
            });
        }
    }

    /** The sessions of a quarter of a conversation, in the order in which they are drawn. */
    private static final class Stratum {
        private final int conversation;
        private final int[] order;
        private final int[] tokens;
        private int next;

        Stratum(int conversation, int[] order, int[] tokens) {
            this.conversation = conversation;
            this.order = order;
            this.tokens = tokens;
        }
    }

    private static void stratify(int conversation, Sessions.Lengths lengths, Map<String, Stratum> strata) {
        int[] tokens = lengths.tokens();
        for (int quarter = 0; quarter < QUARTERS; quarter++) {
            int from = (int) ((long) tokens.length * quarter / QUARTERS);
            int to = (int) ((long) tokens.length * (quarter + 1) / QUARTERS);
            if (from < to) {
                int[] order = IntStream.range(from, to).toArray();
                shuffle(order, new Random(31L * conversation + quarter));
                strata.put(
                        String.format(Locale.ROOT, "%d.%06d", quarter, conversation),
                        new Stratum(conversation, order, tokens));
            }
        }
    }

    /** The algorithm of {@link java.util.Collections#shuffle}. */
    private static void shuffle(int[] values, Random random) {
        for (int i = values.length; i > 1; i--) {
            int other = random.nextInt(i);
            int value = values[i - 1];
            values[i - 1] = values[other];
            values[other] = value;
        }
    }

    /**
     * Draws sessions from each stratum in turn while there is room. Returns the numbers of the drawn sessions by
     * conversation.
     */
    private static Map<Integer, BitSet> inTurn(Collection<Stratum> strata, long mostTokens) {
        Map<Integer, BitSet> drawn = new HashMap<>();
        long left = mostTokens;
        List<Stratum> open = new ArrayList<>(strata);
        while (!open.isEmpty()) {
            for (Stratum stratum : open) {
                int session = stratum.order[stratum.next++];
                if (stratum.tokens[session] <= left) {
                    drawn.computeIfAbsent(stratum.conversation, c -> new BitSet())
                            .set(session);
                    left -= stratum.tokens[session];
                }
            }
            open.removeIf(stratum -> stratum.next == stratum.order.length);
        }
        return drawn;
    }

    private List<Transcript> parts(List<Sessions.Session> sessions, long mostInPart) {
        List<Transcript> parts = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        Map<String, String> ids = new LinkedHashMap<>();
        long tokens = 0;
        int number = 0;
        int heading = -1;
        for (Sessions.Session session : sessions) {
            if (tokens > 0 && tokens + session.tokens() > mostInPart) {
                parts.add(new Transcript(text.toString(), Map.copyOf(ids)));
                text.setLength(0);
                ids.clear();
                tokens = 0;
                heading = -1;
            }
            text.append(session.conversation() == heading ? "…\n" : "Conversation " + session.conversation() + "\n");
            heading = session.conversation();
            for (Sessions.Line line : session.lines()) {
                String shortName = "m" + ++number;
                ids.put(shortName, line.id());
                text.append('[')
                        .append(TIME.format(line.at().atZone(zone)))
                        .append("] ")
                        .append(shortName)
                        .append(' ')
                        .append(name.apply(line.sender()))
                        .append(": ")
                        .append(clean.apply(line.text()))
                        .append('\n');
            }
            tokens += session.tokens();
        }
        if (!ids.isEmpty()) {
            parts.add(new Transcript(text.toString(), Map.copyOf(ids)));
        }
        return parts;
    }
}
