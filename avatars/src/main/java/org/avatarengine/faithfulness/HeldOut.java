package org.avatarengine.faithfulness;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.avatarengine.graph.Graph;
import org.avatarengine.reply.Turn;
import org.jspecify.annotations.Nullable;

/**
 * A person's latest replies in conversations of two, with the turns before them.
 *
 * @param cutoff the beginning of the first session with a held-out reply; no writer may use later messages
 */
record HeldOut(Instant cutoff, List<Case> cases) {
    /** At most the latest fifth of all replies is held out, because the rest is needed for the portrait. */
    private static final double MOST = 0.2;

    private static final int TURNS = 6;

    private static final String SESSIONS = """
            MATCH (:Person {id: $person})-[:MEMBER_OF]->(c:Conversation)<-[:MEMBER_OF]-(partner:Person)
            WHERE NOT c.group AND NOT c:Recording AND partner.id <> $person
            WITH DISTINCT c, partner
            MATCH (p:Passage) WHERE p.conversation = c.id AND p.number IS NOT NULL
            MATCH (:Message {id: p.messageIds[0]})<-[:SENT]-(s:Person)
            RETURN c.id AS conversation, partner.id AS partner, p.session AS session, p.number AS number, p.at AS at,
                   p.text AS text, s.id AS sender
            ORDER BY conversation, number""";

    /**
     * A held-out reply.
     *
     * @param turns the turns before it, the partner's line last
     * @param reply the person's real answer
     */
    record Case(String partner, List<Turn> turns, String reply) {}

    private record Line(String session, String partner, Instant at, String text, boolean own) {
        String conversation() {
            return session.substring(0, session.indexOf('\n'));
        }
    }

    private record Found(Instant begun, Case one) {}

    /**
     * Selects the latest replies.
     *
     * @param partner the id of a partner, to use only replies to them; empty for all partners
     * @param most the maximum number of replies
     * @param unlearnt for each conversation, the time from which on no writer was trained on it; null when no writer was
     *     trained
     */
    static HeldOut of(Graph graph, String person, String partner, int most, @Nullable Map<String, Instant> unlearnt) {
        List<Line> lines = new ArrayList<>();
        graph.read(SESSIONS, Map.of("person", person), row -> {
            if (partner.isEmpty() || row.requireText("partner").equals(partner)) {
                lines.add(new Line(
                        row.requireText("conversation") + '\n' + row.number("session"),
                        row.requireText("partner"),
                        Objects.requireNonNull(row.time("at")),
                        row.requireText("text"),
                        row.requireText("sender").equals(person)));
            }
        });
        Map<String, Instant> begun = new HashMap<>();
        lines.forEach(line -> begun.merge(line.session, line.at, (a, b) -> a.isBefore(b) ? a : b));
        if (unlearnt != null) {
            lines.removeIf(line -> {
                Instant since = unlearnt.get(line.conversation());
                return since == null
                        || begun.getOrDefault(line.session, line.at).isBefore(since);
            });
        }
        List<Found> found = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            Line line = lines.get(i);
            Line before = lines.get(i - 1);
            if (line.own && !before.own && before.session.equals(line.session)) {
                List<Turn> turns = new ArrayList<>();
                for (int j = Math.max(0, i - TURNS); j < i; j++) {
                    if (lines.get(j).session.equals(line.session)) {
                        turns.add(new Turn(lines.get(j).own, lines.get(j).text));
                    }
                }
                found.add(
                        new Found(begun.getOrDefault(line.session, line.at), new Case(line.partner, turns, line.text)));
            }
        }
        found.sort((a, b) -> b.begun.compareTo(a.begun));
        int take =
                unlearnt != null ? Math.min(most, found.size()) : Math.min(most, (int) Math.ceil(found.size() * MOST));
        List<Found> latest = found.subList(0, take);
        Instant cutoff = latest.isEmpty() ? Instant.MAX : latest.getLast().begun;
        return new HeldOut(cutoff, latest.stream().map(Found::one).toList());
    }
}
