package org.avatarengine.page;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Row;
import org.avatarengine.graph.Schema;
import org.avatarengine.people.Conversations;
import org.avatarengine.people.Person;
import org.avatarengine.server.Api;
import org.avatarengine.server.Call;
import org.avatarengine.server.Refusal;
import org.avatarengine.speech.recording.RecordingGraph;
import org.jspecify.annotations.Nullable;

/** Messages: search, evidence and conversations. */
final class MessagesView {
    /** The number of best hits that are considered. Filters apply to these only. */
    private static final int LOOKED_AT = 2_000;

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");
    private static final int MOST_IDS = 200;
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

    private static final String RETURN = """
             RETURN m.id AS id, m.text AS text, m.sentAt AS at, m.start AS start, p.id AS sender,
                    coalesce(p.name, head(COLLECT { MATCH (p)-[:HAS_HANDLE]->(h) RETURN h.id })) AS senderName,
                    coalesce(p.owner, false) AS own, c.id AS conversation,\s""" + Conversations.NAME + " AS conversationName";

    private static final String FOUND =
            "CALL db.index.fulltext.queryNodes('" + Schema.MESSAGE_TEXT + """
            ', $query, {limit: $looked}) YIELD node AS m, score
            WHERE m.deletedAt IS NULL AND m.sentAt >= $from AND m.sentAt < $until
            MATCH (m)-[:SENT_TO]->(c:Conversation) WHERE $conversation = '' OR c.id = $conversation
            OPTIONAL MATCH (p:Person)-[:SENT]->(m)
            WITH m, score, c, p WHERE $person = '' OR p.id = $person
            WITH m, score, c, p ORDER BY CASE WHEN $newest THEN m.sentAt END DESC, score DESC, m.id
            WITH collect({m: m, c: c, p: p}) AS hits
            UNWIND hits[$offset..$offset + $limit] AS hit WITH size(hits) AS total, hit.m AS m, hit.c AS c, hit.p AS p
            """ + RETURN + ", total";

    private static final String BY_ID = """
            UNWIND $ids AS id MATCH (m:Message {id: id})-[:SENT_TO]->(c:Conversation)
            OPTIONAL MATCH (p:Person)-[:SENT]->(m)""" + RETURN;

    /** Only times and ids, because conversations can be long. Texts are read for the shown part. */
    private static final String TIMES = """
            MATCH (c:Conversation {id: $id})<-[:SENT_TO]-(m:Message) WHERE m.sentAt IS NOT NULL AND m.deletedAt IS NULL
            RETURN m.id AS id, m.sentAt AS at""";

    /** The sort order of hits. */
    enum Order {
        RELEVANCE,
        NEWEST
    }

    /**
     * A message to show.
     *
     * @param sender the id of the sender; null if unknown
     * @param recording the place in a recording where it was said; null for a written message
     */
    record Shown(
            String id,
            String text,
            @Nullable Instant at,
            @Nullable String sender,
            String senderName,
            boolean own,
            String conversation,
            String conversationName,
            @Nullable Spoken recording) {}

    record Spoken(String id, double second) {}

    /**
     * The result of a search.
     *
     * @param total the number of hits among the {@code lookedAt} best ones that match all filters
     * @param words the words of the query, to highlight
     */
    record Hits(long total, int lookedAt, List<String> words, List<Shown> messages) {}

    /**
     * A part of a conversation.
     *
     * @param position the position of the first message, from 0 to {@code total} - 1
     */
    record Part(String conversation, String name, long position, long total, List<Shown> messages) {}

    private record Moment(String id, Instant at) {}

    /** The most recently opened conversations, each with its messages in order. */
    private static final class Times {
        private static final int MOST = 4;

        private final Map<String, List<Moment>> last = new LinkedHashMap<>(MOST, 1, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, List<Moment>> eldest) {
                return size() > MOST;
            }
        };

        synchronized List<Moment> of(String conversation, Function<String, List<Moment>> read) {
            List<Moment> known = last.get(conversation);
            if (known == null) {
                known = read.apply(conversation);
                last.put(conversation, known);
            }
            return known;
        }
    }

    private final Graph graph;
    private final GraphCache kept;
    private final ZoneId zone;

    MessagesView(Graph graph, GraphCache kept, ZoneId zone) {
        this.graph = graph;
        this.kept = kept;
        this.zone = zone;
    }

    void endpoints(Api api) {
        api.get("/api/search", "Messages that contain all words")
                .needs("q", "The words to search for; the last one can be incomplete")
                .takes("person", String.class, "Only messages from the person with this id")
                .takes("conversation", String.class, "Only messages in the conversation with this id")
                .takes("from", String.class, "Only messages from this date on, such as 2024-05-01")
                .takes("until", String.class, "Only messages before this date")
                .takes("order", Order.class, "Sort order of the results")
                .takes("offset", Integer.class, "Number of results to skip")
                .takes("limit", Integer.class, "Maximum number of results")
                .answers(Hits.class, this::search);
        api.get("/api/messages", "Messages by id, in the requested order")
                .needs("id", "The id of a message; repeatable")
                .answersList(Shown.class, this::byIds);
        api.get("/api/conversation", "A part of a conversation")
                .needs("id", "The id of the conversation")
                .takes("around", String.class, "The id of a message to show in its context (default: the newest)")
                .takes("from", Integer.class, "The position of the first message; use instead of around")
                .takes("limit", Integer.class, "Maximum number of results")
                .answers(Part.class, this::conversation);
    }

    private Hits search(Call call) {
        // Only letters and digits reach Lucene, so that it never parses operators in the query.
        List<String> words = WORD.matcher(call.text("q").toLowerCase(java.util.Locale.ROOT))
                .results()
                .map(match -> match.group())
                .distinct()
                .toList();
        if (words.isEmpty()) {
            return new Hits(0, LOOKED_AT, words, List.of());
        }
        String query =
                words.stream().limit(words.size() - 1).map(word -> "+" + word).collect(Collectors.joining(" "))
                        // The user may still be typing the last word.
                        + " +(" + words.getLast() + " OR " + words.getLast() + "*)";
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("query", query);
        parameters.put("looked", LOOKED_AT);
        parameters.put("person", orEmpty(call.optional("person")));
        parameters.put("conversation", orEmpty(call.optional("conversation")));
        parameters.put("from", day(call, "from", EARLIEST));
        parameters.put("until", day(call, "until", LATEST));
        parameters.put("newest", call.choice("order", Order.RELEVANCE) == Order.NEWEST);
        parameters.put("offset", call.number("offset", 0, 0, LOOKED_AT));
        parameters.put("limit", call.number("limit", 40, 1, 200));
        List<Shown> messages = new ArrayList<>();
        long[] total = {0};
        graph.read(FOUND, parameters, row -> {
            total[0] = row.number("total");
            messages.add(shown(row));
        });
        return new Hits(total[0], LOOKED_AT, words, messages);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private Instant day(Call call, String name, Instant otherwise) {
        String text = call.optional(name);
        try {
            return text == null
                    ? otherwise
                    : LocalDate.parse(text).atStartOfDay(zone).toInstant();
        } catch (DateTimeException e) {
            throw Refusal.wrong("The parameter \"" + name + "\" must be a date such as 2024-05-01.");
        }
    }

    private List<Shown> byIds(Call call) {
        List<String> ids = call.texts("id");
        if (ids.size() > MOST_IDS) {
            throw Refusal.wrong("Request at most " + MOST_IDS + " messages at once.");
        }
        return read(ids);
    }

    private List<Shown> read(List<String> ids) {
        Map<String, Shown> found = new LinkedHashMap<>();
        graph.read(BY_ID, Map.of("ids", ids), row -> found.putIfAbsent(row.requireText("id"), shown(row)));
        return ids.stream().map(found::get).filter(Objects::nonNull).toList();
    }

    private Part conversation(Call call) {
        String id = call.text("id");
        List<Moment> all = moments(id);
        if (all.isEmpty()) {
            throw Refusal.missing("This conversation does not exist or has no messages.");
        }
        int limit = call.number("limit", 60, 1, 200);
        String around = call.optional("around");
        int from = Math.max(0, all.size() - limit);
        if (call.optional("from") != null) {
            from = Math.min(call.number("from", 0, 0, Integer.MAX_VALUE), all.size() - 1);
        } else if (around != null) {
            for (int i = 0; i < all.size(); i++) {
                if (all.get(i).id.equals(around)) {
                    from = Math.max(0, Math.min(i - limit / 2, all.size() - limit));
                }
            }
        }
        List<Shown> messages = read(all.subList(from, Math.min(all.size(), from + limit)).stream()
                .map(Moment::id)
                .toList());
        String name = messages.isEmpty() ? "" : messages.getFirst().conversationName();
        return new Part(id, name, from, all.size(), messages);
    }

    /** The messages of a conversation in chronological order. */
    private List<Moment> moments(String conversation) {
        return kept.get(Times.class, Times::new).of(conversation, id -> {
            List<Moment> all = new ArrayList<>();
            graph.read(TIMES, Map.of("id", id), row -> {
                Instant at = row.time("at");
                if (at != null) {
                    all.add(new Moment(row.requireText("id"), at));
                }
            });
            all.sort(Comparator.comparing(Moment::at).thenComparing(Moment::id));
            return List.copyOf(all);
        });
    }

    private static Shown shown(Row row) {
        String id = row.requireText("id");
        String conversation = row.requireText("conversation");
        String text = row.text("text");
        return new Shown(
                id,
                text == null ? "" : text,
                row.time("at"),
                row.text("sender"),
                Person.called(row.text("senderName"), row.isTrue("own")),
                row.isTrue("own"),
                conversation,
                row.requireText("conversationName"),
                RecordingGraph.isUtterance(id)
                        ? new Spoken(RecordingGraph.recording(conversation), row.real("start"))
                        : null);
    }
}
