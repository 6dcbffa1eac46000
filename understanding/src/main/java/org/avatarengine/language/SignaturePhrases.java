package org.avatarengine.language;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/**
 * Finds the words and phrases that distinguish one person from everybody else, by weighted log-odds with an informative
 * Dirichlet prior (Monroe, Colaresi and Quinn, "Fightin' Words", Political Analysis 16, 2008, equations 16 and 22). The
 * prior is the whole collection, scaled to {@link #PRIOR_WEIGHT} observations. N-grams of up to six words are counted level
 * by level: an n-gram can only be frequent if both its (n−1)-grams are (Agrawal and Srikant, VLDB 1994).
 */
public final class SignaturePhrases {
    /** The version of the method, stored with its results. */
    public static final String METHOD = "log-odds-dirichlet-2";

    private static final int LONGEST = 6;
    private static final int EVIDENCE = 3;
    private static final double PRIOR_WEIGHT = 1000;

    /** The minimum count of a phrase. */
    private static final int LEAST = 3;

    private static final double LEAST_Z = 1.96;

    /** An n-gram with at least this share of its uses within a longer one is only a part of that. */
    private static final double WITHIN = 0.8;

    private final Map<String, PhraseCorpus> corpora;
    private final Map<String, List<Candidate>> candidates;
    private final LongCounts places = new LongCounts();
    private final AtomicIntegerArray everybody;
    private final LongAdder runs = new LongAdder();
    private final Map<PhraseCorpus, Long> runsOf = new ConcurrentHashMap<>();

    /** A frequent n-gram; {@code at} is the index of its first occurrence. */
    private record Candidate(long key, int at, int length, int count) {}

    /**
     * A phrase that a person uses more often than others.
     *
     * @param count how often they used it, in at least three messages
     * @param byOthers how often everybody else did
     * @param z the difference from everybody else's use, in standard errors
     * @param evidence the ids of messages with it
     */
    public record Phrase(String text, long count, long byOthers, double z, List<String> evidence) {}

    /**
     * Compares people.
     *
     * @param corpora the words of everybody, including the requested people
     * @param wanted the ids of the people whose phrases are requested
     */
    public SignaturePhrases(Map<String, PhraseCorpus> corpora, Collection<String> wanted) {
        this.corpora = corpora;
        this.candidates = wanted.stream()
                .filter(corpora::containsKey)
                .parallel()
                .collect(Collectors.toConcurrentMap(
                        person -> person, person -> frequent(Objects.requireNonNull(corpora.get(person)))));
        candidates.values().forEach(its -> its.forEach(candidate -> places.add(candidate.key, 0)));
        everybody = new AtomicIntegerArray(places.slots());
        corpora.values().parallelStream().forEach(this::count);
    }

    /** A key for an n-gram, from the key without the last word and the last word. Never 0. */
    private static long key(long before, int word) {
        long key = (before ^ word) * 0xD6E8FEB86659FD93L;
        key ^= key >>> 32;
        return key == 0 ? 1 : key;
    }

    private void count(PhraseCorpus corpus) {
        long counted = 0;
        for (int i = 0; i < corpus.size(); i++) {
            long key = 0;
            for (int n = 0; n < LONGEST && i + n < corpus.size() && corpus.word(i + n) != PhraseCorpus.END; n++) {
                key = key(key, corpus.word(i + n));
                int place = places.find(key);
                if (place >= 0) {
                    everybody.getAndIncrement(place);
                }
                counted++;
            }
        }
        runs.add(counted);
        runsOf.put(corpus, counted);
    }

    private static List<Candidate> frequent(PhraseCorpus corpus) {
        int size = corpus.size();
        long[] keys = new long[size];
        boolean[] was = new boolean[size + 1];
        List<Candidate> found = new ArrayList<>();
        boolean any = true;
        for (int length = 1; length <= LONGEST && any; length++) {
            LongCounts counts = new LongCounts();
            boolean[] possible = new boolean[size + 1];
            for (int i = 0; i + length <= size; i++) {
                int last = corpus.word(i + length - 1);
                boolean can = last != PhraseCorpus.END && (length == 1 || (was[i] && was[i + 1]));
                if (can) {
                    possible[i] = true;
                    keys[i] = key(length == 1 ? 0 : keys[i], last);
                    counts.add(keys[i], 1);
                }
            }
            boolean[] is = new boolean[size + 1];
            LongCounts told = new LongCounts();
            any = false;
            for (int i = 0; i + length <= size; i++) {
                int count = possible[i] ? counts.get(keys[i]) : 0;
                if (count >= LEAST) {
                    any = true;
                    is[i] = true;
                    if (told.find(keys[i]) < 0) {
                        told.add(keys[i], 1);
                        found.add(new Candidate(keys[i], i, length, count));
                    }
                }
            }
            was = is;
        }
        return found;
    }

    /** The first messages that contain each phrase. */
    private static List<Set<String>> messages(PhraseCorpus corpus, List<Candidate> wanted) {
        LongCounts numbers = new LongCounts();
        List<Set<String>> messages = new ArrayList<>();
        for (Candidate candidate : wanted) {
            messages.add(new LinkedHashSet<>());
            numbers.add(candidate.key, messages.size());
        }
        for (int i = 0; i < corpus.size(); i++) {
            long key = 0;
            for (int n = 0; n < LONGEST && i + n < corpus.size() && corpus.word(i + n) != PhraseCorpus.END; n++) {
                key = key(key, corpus.word(i + n));
                int number = numbers.get(key);
                if (number > 0 && messages.get(number - 1).size() < EVIDENCE) {
                    messages.get(number - 1).add(corpus.messageAt(i));
                }
            }
        }
        return messages;
    }

    /** The most characteristic phrases of two words or more, best first; none is part of a better one. */
    public List<Phrase> phrases(String person, int limit) {
        PhraseCorpus corpus = corpora.get(person);
        if (corpus == null) {
            return List.of();
        }
        List<Candidate> all = candidates.getOrDefault(person, List.of());
        LongCounts parts = parts(corpus, all);
        List<Candidate> telling = all.stream()
                .filter(c -> c.length > 1 && parts.find(c.key) < 0 && !common(corpus.text(c.at, c.length)))
                .toList();
        List<Phrase> chosen = new ArrayList<>();
        for (Phrase phrase : ranked(corpus, telling, 4 * limit)) {
            boolean piece = chosen.stream().anyMatch(c -> overlaps(c.text(), phrase.text()));
            if (!piece && chosen.size() < limit) {
                chosen.add(phrase);
            }
        }
        return chosen;
    }

    /** The most characteristic single words, best first. */
    public List<Phrase> words(String person, int limit) {
        PhraseCorpus corpus = corpora.get(person);
        if (corpus == null) {
            return List.of();
        }
        List<Candidate> single = candidates.getOrDefault(person, List.of()).stream()
                .filter(c -> c.length == 1)
                .toList();
        return ranked(corpus, single, 3 * limit).stream()
                .filter(phrase -> phrase.text().length() > 1)
                .limit(limit)
                .toList();
    }

    /** Whether a phrase consists only of very common words ("get the"), which are characteristic of nobody. */
    private static boolean common(String text) {
        for (String word : text.split(" ")) {
            boolean functionWord = WordKinds.is(word, WordKinds.Kind.COMMON)
                    || WordKinds.is(word, WordKinds.Kind.ARTICLE)
                    || WordKinds.is(word, WordKinds.Kind.PREPOSITION)
                    || WordKinds.is(word, WordKinds.Kind.PRONOUN)
                    || WordKinds.is(word, WordKinds.Kind.AUXILIARY)
                    || WordKinds.is(word, WordKinds.Kind.CONJUNCTION);
            if (!functionWord) {
                return false;
            }
        }
        return true;
    }

    /** The keys of n-grams that nearly always occur within one longer n-gram, which is the phrase. */
    private static LongCounts parts(PhraseCorpus corpus, List<Candidate> all) {
        LongCounts counts = new LongCounts();
        all.forEach(candidate -> counts.add(candidate.key, candidate.count));
        LongCounts parts = new LongCounts();
        for (Candidate candidate : all) {
            if (candidate.length > 2) {
                for (int from = candidate.at; from <= candidate.at + 1; from++) {
                    long shorter = 0;
                    for (int i = from; i < from + candidate.length - 1; i++) {
                        shorter = key(shorter, corpus.word(i));
                    }
                    if (candidate.count >= WITHIN * counts.get(shorter)) {
                        parts.add(shorter, 1);
                    }
                }
            }
        }
        return parts;
    }

    /** Whether two phrases have a run of at least half of the shorter one's words in common, as parts of a longer phrase. */
    static boolean overlaps(String one, String other) {
        String[] a = one.split(" ");
        String[] b = other.split(" ");
        int longest = 0;
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < b.length; j++) {
                int run = 0;
                while (i + run < a.length && j + run < b.length && a[i + run].equals(b[j + run])) {
                    run++;
                }
                longest = Math.max(longest, run);
            }
        }
        int shorter = Math.min(a.length, b.length);
        return longest == shorter || (longest >= 2 && 2 * longest >= shorter);
    }

    private List<Phrase> ranked(PhraseCorpus corpus, List<Candidate> some, int limit) {
        long own = runsOf.getOrDefault(corpus, 0L);
        record Scored(Candidate candidate, long byAll, double z) {}
        List<Scored> best = some.stream()
                .map(c -> {
                    long byAll = everybody.get(places.find(c.key));
                    return new Scored(c, byAll, z(c.count, byAll, own));
                })
                .filter(s -> s.z >= LEAST_Z)
                .sorted(Comparator.comparingDouble((Scored s) -> -s.z).thenComparingInt(s -> s.candidate.at))
                .limit(limit)
                .toList();
        List<Set<String>> messages =
                messages(corpus, best.stream().map(Scored::candidate).toList());
        List<Phrase> ranked = new ArrayList<>();
        for (int i = 0; i < best.size(); i++) {
            Scored scored = best.get(i);
            Candidate c = scored.candidate;
            if (messages.get(i).size() >= LEAST) { // in fewer messages it was said in one breath
                ranked.add(new Phrase(
                        corpus.text(c.at, c.length),
                        c.count,
                        scored.byAll - c.count,
                        scored.z,
                        List.copyOf(messages.get(i))));
            }
        }
        return ranked;
    }

    private double z(long mine, long byAll, long own) {
        double othersRuns = Math.max(1, runs.sum() - own);
        double others = Math.max(0, byAll - mine);
        double prior = PRIOR_WEIGHT * Math.max(1, byAll) / Math.max(1, runs.sum());
        double oddsMine = (mine + prior) / (own + PRIOR_WEIGHT - mine - prior);
        double oddsOthers = (others + prior) / (othersRuns + PRIOR_WEIGHT - others - prior);
        double delta = Math.log(oddsMine) - Math.log(oddsOthers);
        return delta / Math.sqrt(1 / (mine + prior) + 1 / (others + prior));
    }
}
