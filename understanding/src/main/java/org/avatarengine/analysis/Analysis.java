package org.avatarengine.analysis;

import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.avatarengine.analysis.TalkReader.Conversation;
import org.avatarengine.emotion.EmotionModel;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Row;
import org.avatarengine.language.PhraseCorpus;
import org.avatarengine.language.SignaturePhrases;
import org.avatarengine.people.People;
import org.avatarengine.people.Person;
import org.avatarengine.progress.Progress;
import org.avatarengine.text.Token;
import org.avatarengine.topic.Topics;
import org.jspecify.annotations.Nullable;

/**
 * Creates portraits of people in one pass over all messages. Everybody's messages are read, because a person's
 * characteristics show only in comparison with others; portraits are created of the requested people.
 *
 * <p>Conversations are read line by line, and topics and phrases are found in samples of bounded size
 * ({@link TopicSample}, {@link PhraseSample}), so no message is kept. The counts of a person and an audience are also
 * bounded: different words ({@link WordBudget}), greetings, nicknames and reply times. Not bounded are the days on which
 * somebody wrote, at 8 to 16 bytes each, and the ids of messages in the phrase sample. Memory therefore depends mainly on
 * the number of people and years, and little on the number of messages.
 */
public final class Analysis {
    /** The maximum number of messages from which topics are found; more do not improve them. */
    private static final int TOPIC_MESSAGES = 40_000;

    private static final int TOPIC_WORDS = 4;
    private static final int TOLD_EVERY = 1000;

    private final Graph graph;
    private final ZoneId zone;
    private final Function<String, float @Nullable []> vectors;
    private final Progress progress;
    private final BooleanSupplier stop;
    private final @Nullable Instant before;
    private final int threads;

    /**
     * @param vectors gives the sentence vector of a text; null when there is none
     * @param stop asked at each message whether to end early
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
        this(graph, zone, vectors, progress, stop, before, Runtime.getRuntime().availableProcessors());
    }

    /** @param threads how many conversations are read at once */
    Analysis(
            Graph graph,
            ZoneId zone,
            Function<String, float @Nullable []> vectors,
            Progress progress,
            BooleanSupplier stop,
            @Nullable Instant before,
            int threads) {
        this.graph = graph;
        this.zone = zone;
        this.vectors = vectors;
        this.progress = progress;
        this.stop = stop;
        this.before = before;
        this.threads = threads;
    }

    /**
     * The results.
     *
     * @param portraits of the people wanted, who sent most first
     * @param digests tell by each person's id which state of their conversations was read; empty when only what was said
     *     before some time was
     */
    public record Findings(List<Portrait> portraits, Map<String, String> digests) {}

    /**
     * Creates the portraits of people.
     *
     * @throws InterruptedException when {@code stop} returned true; nothing was stored
     * @throws RuntimeException the first failure of a thread; the other threads were stopped
     */
    public Findings of(Set<String> wanted) throws InterruptedException {
        // The digests are read first, so that a message that arrives meanwhile marks the portrait as out of date.
        Map<String, String> digests = before == null ? new PortraitDigest(graph).of(wanted) : Map.of();
        TalkReader reader = new TalkReader(graph, zone, before);
        TopicSample sample = new TopicSample(TOPIC_MESSAGES);
        PhraseSample phraseSample = PhraseSample.of(graph);
        TalkTally tally = tally(reader, sample, phraseSample);
        SignaturePhrases phrases = new SignaturePhrases(
                tally.people.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().corpus)),
                wanted);
        progress.at("finding topics", 0, 0);
        Topics topics = Topics.of(sample.items());
        List<Person> everyone = new People(graph).all();
        PortraitPainter painter = new PortraitPainter(
                zone, tally, phrases, phraseSample, topics, everyone, contacts(), notNicknames(), reader::isAutomated);
        List<Portrait> portraits = everyone.parallelStream()
                .filter(person -> wanted.contains(person.id()))
                .map(person -> painter.paint(person, reactions(person)))
                .toList();
        return new Findings(portraits, digests);
    }

    /** Reads conversations on all cores. Each thread has its own tally. */
    private TalkTally tally(TalkReader reader, TopicSample sample, PhraseSample phraseSample)
            throws InterruptedException {
        List<Conversation> conversations = reader.conversations();
        long total = conversations.stream().mapToLong(Conversation::messages).sum();
        EmotionModel model = EmotionModel.bundled();
        PhraseCorpus.Vocabulary vocabulary = new PhraseCorpus.Vocabulary();
        AtomicLong done = new AtomicLong();
        Reading reading = new Reading(stop);
        int mostWords = WordBudget.mostWords(conversations);
        TalkTally all = new TalkTally(vocabulary, phraseSample, model, vectors, mostWords);
        reading.all(
                conversations,
                Conversation::messages,
                threads,
                () -> new Reading.Work<Conversation, TalkTally>() {
                    private final TalkTally mine = new TalkTally(vocabulary, phraseSample, model, vectors, mostWords);

                    @Override
                    public void on(Conversation conversation) {
                        TalkTally.Listening listening =
                                mine.begin(new Talk(conversation.id(), conversation.group(), conversation.members()));
                        reader.read(conversation, line -> {
                            reading.step();
                            listening.add(line);
                            topicItem(line, sample);
                            if (done.incrementAndGet() % TOLD_EVERY == 0) {
                                progress.at("analyzing", done.get(), total);
                            }
                        });
                        listening.end();
                        progress.at("analyzing", done.get(), total);
                    }

                    @Override
                    public TalkTally result() {
                        return mine;
                    }
                },
                all::merge);
        return all;
    }

    private void topicItem(Talk.Line line, TopicSample sample) {
        if (line.counts()
                && sample.wants(line.id())
                && line.tokens().stream().filter(Token::isWord).count() >= TOPIC_WORDS) {
            sample.add(line, vectors.apply(line.text()));
        }
    }

    /** The relatives on contact cards: for each person, the role of each name. */
    private Map<String, Map<String, String>> contacts() {
        Map<String, Map<String, String>> roles = new HashMap<>();
        graph.read(
                "MATCH (p:Person) WHERE p.relatedNames IS NOT NULL"
                        + " RETURN p.id AS id, p.relatedNames AS names, p.relatedRoles AS roles",
                Map.of(),
                row -> roles.put(row.requireText("id"), roles(row)));
        return roles;
    }

    /** The names, in lower case, that the user has removed from a person. */
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
