package org.avatarengine.enrich;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Row;

/**
 * Chooses what of a person's conversations is sent. Whole sessions are drawn, in turn from each stratum: each
 * conversation, in each quarter of its time. So a talkative friend does not drown out a quiet one, nor this year the last.
 * The draw is the same each time, so that an interrupted run asks the same questions again.
 */
final class Sampler {
    private static final String CONVERSATIONS = """
            MATCH (:Person {id: $person})-[:MEMBER_OF]->(c:Conversation)
            MATCH (c)<-[:SENT_TO]-(m:Message)<-[:SENT]-(:Person {id: $person})
            WITH DISTINCT c, count(m) AS own WHERE own > 0
            RETURN c.id AS id, own ORDER BY own DESC, id""";

    private static final String MESSAGES = """
            MATCH (:Conversation {id: $id})<-[:SENT_TO]-(m:Message)<-[:SENT]-(p:Person)
            WHERE m.text IS NOT NULL AND m.sentAt IS NOT NULL AND m.deletedAt IS NULL
              AND NOT 'ONE_TIME_CODE' IN coalesce(m.rangeKinds, [])
            RETURN DISTINCT m.id AS id, m.sentAt AS at, m.text AS text, p.id AS sender ORDER BY at, id""";

    private static final Duration GAP = Duration.ofHours(3);
    private static final int QUARTERS = 4;
    private static final int LONGEST_MESSAGE = 2000;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

    private record Line(String id, Instant at, String sender, String text) {}

    private record Session(int conversation, List<Line> lines, long tokens) {
        Instant at() {
            return lines.getFirst().at;
        }
    }

    /**
     * What was drawn.
     *
     * @param parts each short enough for one request
     * @param messages how many messages that is
     * @param available how many there are
     */
    record Sample(List<Transcript> parts, int messages, int available) {}

    private final Graph graph;
    private final ZoneId zone;
    private final UnaryOperator<String> clean;
    private final UnaryOperator<String> name;

    /**
     * @param clean takes personal data out of a text
     * @param name what a person is called in the transcript, by id
     */
    Sampler(Graph graph, ZoneId zone, UnaryOperator<String> clean, UnaryOperator<String> name) {
        this.graph = graph;
        this.zone = zone;
        this.clean = clean;
        this.name = name;
    }

    /**
     * Draws sessions.
     *
     * @param mostTokens in all
     * @param mostInPart in one request
     */
    Sample draw(String person, long mostTokens, long mostInPart) {
        Map<String, Deque<Session>> strata = new TreeMap<>();
        int available = 0;
        int number = 0;
        for (Row row : graph.read(CONVERSATIONS, Map.of("person", person))) {
            List<Line> lines = new ArrayList<>();
            graph.read(MESSAGES, Map.of("id", row.requireText("id")), message -> {
                Instant at = message.time("at");
                String text = Transcript.oneLine(message.requireText("text").replace("\uFFFC", ""));
                if (at != null && !text.isEmpty()) {
                    String shown = text.length() > LONGEST_MESSAGE ? text.substring(0, LONGEST_MESSAGE) + " …" : text;
                    lines.add(new Line(message.requireText("id"), at, message.requireText("sender"), shown));
                }
            });
            available += lines.size();
            stratify(++number, sessions(number, lines, person), strata);
        }
        List<Session> drawn = inTurn(strata, mostTokens);
        drawn.sort(Comparator.comparing(Session::conversation).thenComparing(Session::at));
        List<Transcript> parts = parts(drawn, mostInPart);
        return new Sample(
                parts, parts.stream().mapToInt(part -> part.messageIds().size()).sum(), available);
    }

    /** Sessions in which the person says something. */
    private static List<Session> sessions(int conversation, List<Line> lines, String person) {
        List<Session> sessions = new ArrayList<>();
        List<Line> current = new ArrayList<>();
        for (int i = 0; i <= lines.size(); i++) {
            boolean ends = i == lines.size()
                    || i > 0
                            && Duration.between(lines.get(i - 1).at, lines.get(i).at)
                                            .compareTo(GAP)
                                    > 0;
            if (ends && !current.isEmpty()) {
                if (current.stream().anyMatch(line -> line.sender.equals(person))) {
                    long tokens = current.stream()
                            .mapToLong(line -> Transcript.estimate(line.text) + 20)
                            .sum();
                    sessions.add(new Session(conversation, List.copyOf(current), tokens));
                }
                current.clear();
            }
            if (i < lines.size()) {
                current.add(lines.get(i));
            }
        }
        return sessions;
    }

    private static void stratify(int conversation, List<Session> sessions, Map<String, Deque<Session>> strata) {
        for (int quarter = 0; quarter < QUARTERS; quarter++) {
            List<Session> some = new ArrayList<>(
                    sessions.subList(sessions.size() * quarter / QUARTERS, sessions.size() * (quarter + 1) / QUARTERS));
            if (!some.isEmpty()) {
                Collections.shuffle(some, new Random(31L * conversation + quarter));
                strata.put(String.format(Locale.ROOT, "%d.%06d", quarter, conversation), new ArrayDeque<>(some));
            }
        }
    }

    private static List<Session> inTurn(Map<String, Deque<Session>> strata, long mostTokens) {
        List<Session> drawn = new ArrayList<>();
        long left = mostTokens;
        List<Deque<Session>> open = new ArrayList<>(strata.values());
        while (!open.isEmpty()) {
            for (Deque<Session> stratum : List.copyOf(open)) {
                Session next = stratum.pollFirst();
                if (next == null) {
                    open.removeIf(other -> other == stratum);
                } else if (next.tokens <= left) {
                    drawn.add(next);
                    left -= next.tokens;
                }
            }
        }
        return drawn;
    }

    private List<Transcript> parts(List<Session> sessions, long mostInPart) {
        List<Transcript> parts = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        Map<String, String> ids = new LinkedHashMap<>();
        long tokens = 0;
        int number = 0;
        int heading = -1;
        for (Session session : sessions) {
            if (tokens > 0 && tokens + session.tokens > mostInPart) {
                parts.add(new Transcript(text.toString(), Map.copyOf(ids)));
                text.setLength(0);
                ids.clear();
                tokens = 0;
                heading = -1;
            }
            text.append(session.conversation == heading ? "…\n" : "Conversation " + session.conversation + "\n");
            heading = session.conversation;
            for (Line line : session.lines) {
                String shortName = "m" + ++number;
                ids.put(shortName, line.id);
                text.append('[')
                        .append(TIME.format(line.at.atZone(zone)))
                        .append("] ")
                        .append(shortName)
                        .append(' ')
                        .append(name.apply(line.sender))
                        .append(": ")
                        .append(clean.apply(line.text))
                        .append('\n');
            }
            tokens += session.tokens;
        }
        if (!ids.isEmpty()) {
            parts.add(new Transcript(text.toString(), Map.copyOf(ids)));
        }
        return parts;
    }
}
