package org.avatarengine.analysis;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.avatarengine.analysis.TalkReader.Conversation;
import org.avatarengine.emotion.EmotionModel;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Row;
import org.avatarengine.language.LanguageSample;
import org.avatarengine.language.PhraseCorpus;
import org.avatarengine.language.SignaturePhrases;
import org.avatarengine.people.People;
import org.avatarengine.people.Person;
import org.avatarengine.progress.Progress;
import org.avatarengine.text.Token;
import org.avatarengine.topic.Topics;
import org.jspecify.annotations.Nullable;

/**
 * Makes portraits of people in one pass over all messages. Everybody's messages are read, since what marks a person shows
 * only against the others; portraits are made of those wanted.
 */
public final class Analysis {
    /** The most messages that topics are found from; more make them no better. */
    private static final int TOPIC_MESSAGES = 40_000;

    private static final int TOPIC_WORDS = 4;

    private final Graph graph;
    private final ZoneId zone;
    private final Function<String, float @Nullable []> vectors;
    private final Progress progress;
    private final BooleanSupplier stop;
    private final @Nullable Instant before;

    /**
     * @param vectors gives the sentence vector of a text; null when there is none
     * @param stop asked between conversations whether to end early
     */
    public Analysis(
            Graph graph,
            ZoneId zone,
            Function<String, float @Nullable []> vectors,
            Progress progress,
            BooleanSupplier stop) {
        this(graph, zone, vectors, progress, stop, null);
    }

    /** @param before only what was said before is read; null for all */
    public Analysis(
            Graph graph,
            ZoneId zone,
            Function<String, float @Nullable []> vectors,
            Progress progress,
            BooleanSupplier stop,
            @Nullable Instant before) {
        this.graph = graph;
        this.zone = zone;
        this.vectors = vectors;
        this.progress = progress;
        this.stop = stop;
        this.before = before;
    }

    /**
     * What was found.
     *
     * @param portraits of the people wanted, who sent most first
     * @param topics of everybody's messages
     */
    public record Findings(List<Portrait> portraits, List<Topics.Topic> topics) {}

    /**
     * Makes the portraits of people.
     *
     * @throws InterruptedException when {@code stop} said so; nothing was stored
     */
    public Findings of(Set<String> wanted) throws InterruptedException {
        TalkReader reader = new TalkReader(graph, zone, before);
        List<Topics.Item> items = new ArrayList<>();
        TalkTally tally = tally(reader, items);
        SignaturePhrases phrases = new SignaturePhrases(
                tally.people.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().corpus)),
                wanted);
        progress.at("finding topics", 0, 0);
        Topics topics = Topics.of(sample(items));
        List<Person> everyone = new People(graph).all();
        PortraitPainter painter = new PortraitPainter(
                zone, tally, phrases, topics, everyone, contacts(), notNicknames(), reader::isAutomated);
        List<Portrait> portraits = everyone.parallelStream()
                .filter(person -> wanted.contains(person.id()))
                .map(person -> painter.paint(person, reactions(person)))
                .toList();
        return new Findings(portraits, topics.all());
    }

    /** Reads conversations on all cores, each thread into a tally of its own. */
    private TalkTally tally(TalkReader reader, List<Topics.Item> items) throws InterruptedException {
        List<Conversation> conversations = reader.conversations();
        long total = conversations.stream().mapToLong(Conversation::messages).sum();
        EmotionModel model = EmotionModel.bundled();
        PhraseCorpus.Vocabulary vocabulary = new PhraseCorpus.Vocabulary();
        AtomicInteger next = new AtomicInteger();
        AtomicLong done = new AtomicLong();
        int threads = Runtime.getRuntime().availableProcessors();
        List<Future<TalkTally>> running = new ArrayList<>();
        try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
            for (int t = 0; t < threads; t++) {
                running.add(workers.submit(() -> {
                    TalkTally mine = new TalkTally(vocabulary, model, vectors);
                    List<Topics.Item> found = new ArrayList<>();
                    for (int i = next.getAndIncrement();
                            i < conversations.size() && !stop.getAsBoolean();
                            i = next.getAndIncrement()) {
                        Talk talk = reader.read(conversations.get(i));
                        mine.add(talk);
                        topicItems(talk, found);
                        progress.at("analyzing", done.addAndGet(talk.lines().size()), total);
                    }
                    synchronized (items) {
                        items.addAll(found);
                    }
                    return mine;
                }));
            }
            TalkTally all = null;
            for (Future<TalkTally> future : running) {
                TalkTally part = future.get();
                if (all == null) {
                    all = part;
                } else {
                    all.merge(part);
                }
            }
            if (stop.getAsBoolean() || all == null) {
                throw new InterruptedException();
            }
            return all;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private void topicItems(Talk talk, List<Topics.Item> items) {
        for (Talk.Line line : talk.lines()) {
            if (line.counts() && line.tokens().stream().filter(Token::isWord).count() >= TOPIC_WORDS) {
                float[] vector = vectors.apply(line.text());
                if (vector != null) {
                    String month = line.local().toLocalDate().toString().substring(0, 7);
                    items.add(new Topics.Item(line.id(), line.sender(), month, line.tokens(), vector));
                }
            }
        }
    }

    /** An even sample, the same on each run. */
    private static List<Topics.Item> sample(List<Topics.Item> items) {
        return items.stream()
                .sorted(Comparator.<Topics.Item>comparingInt(item -> LanguageSample.rank(item.id()))
                        .thenComparing(Topics.Item::id))
                .limit(TOPIC_MESSAGES)
                .toList();
    }

    /** What contact cards say of relatives: by person, the role of each name. */
    private Map<String, Map<String, String>> contacts() {
        Map<String, Map<String, String>> roles = new HashMap<>();
        graph.read(
                "MATCH (p:Person) WHERE p.relatedNames IS NOT NULL"
                        + " RETURN p.id AS id, p.relatedNames AS names, p.relatedRoles AS roles",
                Map.of(),
                row -> roles.put(row.requireText("id"), roles(row)));
        return roles;
    }

    /** The names, in lower case, that a user said are none of a person. */
    private Map<String, List<String>> notNicknames() {
        Map<String, List<String>> removed = new HashMap<>();
        graph.read(
                "MATCH (p:Person) WHERE p.notNicknames IS NOT NULL RETURN p.id AS id, p.notNicknames AS names",
                Map.of(),
                row -> removed.put(row.requireText("id"), row.texts("names")));
        return removed;
    }

    private static Map<String, String> roles(Row row) {
        Map<String, String> roles = new HashMap<>();
        List<String> names = row.texts("names");
        List<String> its = row.texts("roles");
        for (int i = 0; i < Math.min(names.size(), its.size()); i++) {
            roles.put(names.get(i), its.get(i));
        }
        return roles;
    }

    private List<Row> reactions(Person person) {
        return graph.read("""
                MATCH (:Person {id: $id})-[:SENT]->(x:Reaction) WHERE NOT x.removed
                RETURN coalesce(x.emoji, toLower(x.kind)) AS emoji, count(x) AS n
                ORDER BY n DESC, emoji LIMIT 10""", Map.of("id", person.id()));
    }
}
