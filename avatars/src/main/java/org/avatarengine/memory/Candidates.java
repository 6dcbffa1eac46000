package org.avatarengine.memory;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Row;
import org.avatarengine.text.Stems;
import org.avatarengine.vectors.SentenceEncoder;

/**
 * The passages that may answer a question, with their features: the hits of both indexes, and the neighbours of the best,
 * because an answer is often next to a passage with the words of the question.
 */
public final class Candidates {
    private static final int SEEDS = 40;
    private static final int NEIGHBOURS = 2;
    private static final int WIDE = 3;

    /** The parameters of BM25 in Lucene: the saturation of repeated words, and the weight of the length. */
    private static final double K1 = 1.2;

    private static final double B = 0.75;

    private static final double DAYS = 10;

    private static final String NEAR = """
            UNWIND $spans AS span
            MATCH (p:Passage)
            WHERE p.conversation = span.conversation AND p.number >= span.from AND p.number <= span.to
            MATCH (m:Message {id: p.messageIds[0]})<-[:SENT]-(s:Person)
            RETURN p.id AS id, p.conversation AS conversation, p.period AS period, p.number AS number,
                   p.session AS session, p.at AS at, p.text AS text, p.messageIds AS messageIds, s.id AS sender,
                   CASE WHEN p.vector IS NULL THEN null ELSE vector.similarity.cosine(p.vector, $vector) END AS cosine""";

    private final Graph graph;
    private final SentenceEncoder encoder;
    private final Clock clock;

    /** @param clock the time and the zone of "today" in a question */
    public Candidates(Graph graph, SentenceEncoder encoder, Clock clock) {
        this.graph = graph;
        this.encoder = encoder;
        this.clock = clock;
    }

    /** A position in a conversation. */
    private record Place(String conversation, long number) {
        Place plus(long step) {
            return new Place(conversation, number + step);
        }
    }

    private record Session(String conversation, long number) {}

    /** A stored passage, read for one question. */
    private record Seen(
            String id,
            Place place,
            Session session,
            Instant at,
            String text,
            List<String> messageIds,
            String sender,
            double cosine,
            List<String> stems) {

        boolean asks() {
            return text.stripTrailing().endsWith("?");
        }
    }

    /** The passages that may answer the question, in no particular order. */
    public List<Candidate> of(RecallQuery question) {
        return of(Recollection.of(question, graph));
    }

    /** The passages that may answer the question, in no particular order. */
    public List<Candidate> of(Recollection recollection) {
        RecallQuery question = recollection.question();
        Audience audience = recollection.audience();
        if (audience.isEmpty()) {
            return List.of();
        }
        List<Double> vector = Keys.list(encoder.encode(List.of(question.text())).getFirst());
        List<Search.Hit> hits = new Search(graph, question).find(vector, audience);
        ParsedQuery asked = ParsedQuery.of(question, audience, graph, LocalDate.now(clock));
        Map<Place, Seen> seen = seen(hits, vector, audience);
        seen.values().removeIf(one -> !question.reaches(one.at));
        return judged(asked, chosen(hits, seen), seen);
    }

    /** The hits with the data that their features need. */
    private Map<Place, Seen> seen(List<Search.Hit> hits, List<Double> vector, Audience audience) {
        Map<String, TreeMap<Long, Long>> spans = new LinkedHashMap<>();
        for (int i = 0; i < hits.size(); i++) {
            Search.Hit hit = hits.get(i);
            long around = i < SEEDS ? NEIGHBOURS + WIDE : WIDE;
            spans.computeIfAbsent(hit.conversation(), c -> new TreeMap<>())
                    .merge(hit.number() - around, hit.number() + around, Math::max);
        }
        List<Map<String, Object>> rows = new ArrayList<>();
        spans.forEach((conversation, itsSpans) -> {
            long reached = Long.MIN_VALUE;
            for (Map.Entry<Long, Long> span : itsSpans.entrySet()) {
                long from = Math.max(span.getKey(), reached + 1);
                if (from <= span.getValue()) {
                    rows.add(Map.of("conversation", conversation, "from", from, "to", span.getValue()));
                    reached = span.getValue();
                }
            }
        });
        Map<Place, Seen> seen = new HashMap<>();
        graph.read(NEAR, Map.of("spans", rows, "vector", vector), row -> {
            Seen one = seen(row);
            if (audience.heard(one.place.conversation, row.number("period"))) {
                seen.put(one.place, one);
            }
        });
        return seen;
    }

    private static Seen seen(Row row) {
        String conversation = row.requireText("conversation");
        String text = row.requireText("text");
        return new Seen(
                row.requireText("id"),
                new Place(conversation, row.number("number")),
                new Session(conversation, row.number("session")),
                Objects.requireNonNull(row.time("at")),
                text,
                row.texts("messageIds"),
                row.requireText("sender"),
                row.real("cosine"),
                Stems.of(text));
    }

    private static List<Seen> chosen(List<Search.Hit> hits, Map<Place, Seen> seen) {
        Map<Place, Seen> chosen = new LinkedHashMap<>();
        for (int i = 0; i < hits.size(); i++) {
            Place place = new Place(hits.get(i).conversation(), hits.get(i).number());
            int around = i < SEEDS ? NEIGHBOURS : 0;
            for (int step = -around; step <= around; step++) {
                Seen one = seen.get(place.plus(step));
                if (one != null) {
                    chosen.put(one.place, one);
                }
            }
        }
        return List.copyOf(chosen.values());
    }

    private List<Candidate> judged(ParsedQuery asked, List<Seen> chosen, Map<Place, Seen> seen) {
        double meanLength =
                chosen.stream().mapToInt(one -> one.stems.size()).average().orElse(1);
        double[] words = new double[chosen.size()];
        double bestWords = 0;
        double bestMeaning = -1;
        for (int i = 0; i < words.length; i++) {
            words[i] = bm25(asked, chosen.get(i).stems, meanLength);
            bestWords = Math.max(bestWords, words[i]);
            bestMeaning = Math.max(bestMeaning, chosen.get(i).cosine);
        }
        // A question that names all speakers is about nobody in particular.
        boolean particular = !asked.speakers().isEmpty()
                && !chosen.stream().allMatch(one -> asked.speakers().contains(one.sender));
        Map<Session, InSession> sessions = new HashMap<>();
        double[][] all = new double[chosen.size()][Feature.values().length];
        for (int i = 0; i < words.length; i++) {
            Seen one = chosen.get(i);
            double[] features = all[i];
            features[Feature.WORDS.ordinal()] = bestWords == 0 ? 0 : words[i] / bestWords;
            // Neo4j returns (1 + cosine) / 2.
            features[Feature.MEANING.ordinal()] = 20 * (one.cosine - bestMeaning);
            features[Feature.WINDOW.ordinal()] = asked.covered(window(one, 1, seen));
            features[Feature.WIDE_WINDOW.ordinal()] = asked.covered(window(one, WIDE, seen));
            features[Feature.SPEAKER.ordinal()] =
                    !particular ? 0.5 : asked.speakers().contains(one.sender) ? 1 : 0;
            features[Feature.ASKS.ordinal()] = one.asks() ? 1 : 0;
            features[Feature.LENGTH.ordinal()] =
                    Math.min(1.3, Math.log1p(one.text.strip().split("\\s+").length) / 3);
            Seen before = seen.get(one.place.plus(-1));
            Seen after = seen.get(one.place.plus(1));
            features[Feature.ANSWERS.ordinal()] = before != null && before.session.equals(one.session) && before.asks()
                    ? asked.covered(Set.copyOf(before.stems))
                    : 0;
            double near = Math.max(before == null ? 0 : before.cosine, after == null ? 0 : after.cosine);
            features[Feature.NEAR_MEANING.ordinal()] =
                    near == 0 ? features[Feature.MEANING.ordinal()] : 20 * (near - bestMeaning);
            LocalDate day = LocalDate.ofInstant(one.at, clock.getZone());
            features[Feature.TELLS_WHEN.ordinal()] = asked.when() && TimeWords.any(one.text, day) ? 1 : 0;
            features[Feature.DATE.ordinal()] = asked.dates().stream()
                    .mapToDouble(range -> Math.exp(-range.distance(day) / DAYS))
                    .max()
                    .orElse(0);
            sessions.computeIfAbsent(one.session, session -> new InSession()).add(one, features);
        }
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < all.length; i++) {
            Seen one = chosen.get(i);
            Objects.requireNonNull(sessions.get(one.session)).put(asked, all[i]);
            candidates.add(new Candidate(one.id, one.place.conversation, one.messageIds, all[i]));
        }
        return candidates;
    }

    /** The features of all candidates of a session. */
    private static final class InSession {
        private final Set<String> stems = new HashSet<>();
        private int size;
        private double bestWords;
        private double bestMeaning = Double.NEGATIVE_INFINITY;

        void add(Seen one, double[] features) {
            stems.addAll(one.stems);
            size++;
            bestWords = Math.max(bestWords, features[Feature.WORDS.ordinal()]);
            bestMeaning = Math.max(bestMeaning, features[Feature.MEANING.ordinal()]);
        }

        void put(ParsedQuery asked, double[] features) {
            features[Feature.SESSION_WINDOW.ordinal()] = asked.covered(stems);
            features[Feature.SESSION_WORDS.ordinal()] = bestWords;
            features[Feature.SESSION_MEANING.ordinal()] = bestMeaning;
            features[Feature.SESSION_SIZE.ordinal()] = Math.log1p(size);
        }
    }

    private static Set<String> window(Seen one, int around, Map<Place, Seen> seen) {
        Set<String> stems = new HashSet<>();
        for (int step = -around; step <= around; step++) {
            Seen other = seen.get(one.place.plus(step));
            if (other != null && other.session.equals(one.session)) {
                stems.addAll(other.stems);
            }
        }
        return stems;
    }

    private static double bm25(ParsedQuery asked, List<String> stems, double meanLength) {
        double sum = 0;
        for (Map.Entry<String, Double> entry : asked.rarity().entrySet()) {
            long times = stems.stream().filter(entry.getKey()::equals).count();
            sum += entry.getValue() * times / (times + K1 * (1 - B + B * stems.size() / meanLength));
        }
        return sum;
    }
}
