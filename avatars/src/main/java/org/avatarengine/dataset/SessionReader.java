package org.avatarengine.dataset;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Row;
import org.avatarengine.people.People;
import org.avatarengine.people.Person;
import org.avatarengine.progress.Progress;
import org.avatarengine.redaction.Gate;
import org.avatarengine.redaction.Redactor;
import org.avatarengine.redaction.Sensitive;
import org.avatarengine.text.OwnText;
import org.jspecify.annotations.Nullable;

/** Reads the conversations in the graph as sessions, without messages that must not be used for training. */
public final class SessionReader {
    /** Messages of one person within this time belong together. */
    private static final Duration SAME_BREATH = Duration.ofMinutes(5);

    private static final int LONGEST = 1500;

    private static final String CONVERSATIONS = """
            MATCH (c:Conversation)<-[:SENT_TO]-(m:Message) WHERE NOT c:Recording
            RETURN c.id AS id, c.group AS group, count(m) AS messages ORDER BY id""";

    private static final String MESSAGES = """
            MATCH (:Conversation {id: $id})<-[:SENT_TO]-(m:Message)<-[:SENT]-(p:Person)
            WHERE m.sentAt IS NOT NULL AND m.deletedAt IS NULL
            RETURN m.id AS id, p.id AS sender, p.name AS name, p.owner AS owner, m.sentAt AS at,
                   coalesce(m.own, m.text) AS own, m.kind AS kind
            ORDER BY at, id""";

    private final Graph graph;
    private final Redactor redactor;
    private final Gate gate;
    private final Duration rest;
    private final Set<String> automated;
    private final Set<String> seen = new HashSet<>();
    private final Map<Drop, Long> drops = new EnumMap<>(Drop.class);

    /**
     * @param gate the gate that checks data before it leaves this computer
     * @param rest a pause of this length ends a session
     */
    public SessionReader(Graph graph, Redactor redactor, Gate gate, Duration rest) {
        this.graph = graph;
        this.redactor = redactor;
        this.gate = gate;
        this.rest = rest;
        this.automated = new People(graph).automated();
    }

    private record Conversation(String id, boolean group, long messages) {}

    private record Message(String id, String sender, String name, Instant at, String text, boolean clean) {}

    /**
     * Reads all sessions.
     *
     * @throws InterruptedException when {@code stop} returned true
     */
    public List<Session> read(Progress progress, BooleanSupplier stop) throws InterruptedException {
        List<Conversation> conversations = new ArrayList<>();
        graph.read(
                CONVERSATIONS,
                Map.of(),
                row -> conversations.add(
                        new Conversation(row.requireText("id"), row.isTrue("group"), row.number("messages"))));
        long total = conversations.stream().mapToLong(Conversation::messages).sum();
        long[] done = {0};
        List<Session> sessions = new ArrayList<>();
        for (Conversation conversation : conversations) {
            List<Message> messages = new ArrayList<>();
            graph.read(MESSAGES, Map.of("id", conversation.id), row -> {
                Message message = message(row);
                if (message != null) {
                    messages.add(message);
                }
                progress.at("reading training data", ++done[0], total);
            });
            sessions.addAll(cut(conversation, messages));
            if (stop.getAsBoolean()) {
                throw new InterruptedException();
            }
        }
        return sessions;
    }

    /** The number of messages left out so far, by reason. */
    public Map<Drop, Long> drops() {
        return drops;
    }

    private @Nullable Message message(Row row) {
        String id = row.requireText("id");
        String text = OwnText.written(row.text("own"));
        Instant at = row.time("at");
        // A message in several conversations is used once.
        if (at == null || !seen.add(id)) {
            return null;
        }
        if (text.isEmpty()) {
            return dropped(Drop.of(row.text("kind")));
        }
        String sender = row.requireText("sender");
        if (automated.contains(sender)) {
            return dropped(Drop.AUTOMATED);
        }
        if (text.length() > LONGEST) {
            return dropped(Drop.TOO_LONG);
        }
        Map<Sensitive, Integer> before = redactor.counts();
        String redacted = redactor.redact(text);
        boolean clean = redactor.counts().equals(before) && gate.objection(text).isEmpty();
        if (!clean) {
            drops.merge(Drop.PERSONAL_DATA, 1L, Long::sum);
            if (gate.objection(redacted).isPresent()) {
                return null;
            }
        }
        return new Message(
                id, sender, Person.called(row.text("name"), row.isTrue("owner")), at, clean ? text : redacted, clean);
    }

    private @Nullable Message dropped(Drop why) {
        drops.merge(why, 1L, Long::sum);
        return null;
    }

    private List<Session> cut(Conversation conversation, List<Message> messages) {
        List<Session> sessions = new ArrayList<>();
        List<Session.Line> lines = new ArrayList<>();
        Instant begun = Instant.EPOCH;
        for (int from = 0; from < messages.size(); ) {
            Message first = messages.get(from);
            if (from == 0 || apart(messages, from, rest)) {
                add(sessions, conversation, begun, lines);
                lines = new ArrayList<>();
                begun = first.at;
            }
            int to = from + 1;
            while (to < messages.size()
                    && messages.get(to).sender.equals(first.sender)
                    && !apart(messages, to, SAME_BREATH)) {
                to++;
            }
            lines.add(line(messages.subList(from, to)));
            from = to;
        }
        add(sessions, conversation, begun, lines);
        return sessions;
    }

    private static boolean apart(List<Message> messages, int at, Duration rest) {
        return Duration.between(messages.get(at - 1).at, messages.get(at).at).compareTo(rest) > 0;
    }

    private static void add(
            List<Session> sessions, Conversation conversation, Instant begun, List<Session.Line> lines) {
        if (!lines.isEmpty()) {
            sessions.add(new Session(conversation.id, conversation.group, begun, List.copyOf(lines)));
        }
    }

    private static Session.Line line(List<Message> messages) {
        return new Session.Line(
                messages.getFirst().sender,
                messages.getFirst().name,
                String.join("\n", messages.stream().map(Message::text).toList()),
                messages.stream().allMatch(Message::clean),
                messages.stream().map(Message::id).toList());
    }
}
