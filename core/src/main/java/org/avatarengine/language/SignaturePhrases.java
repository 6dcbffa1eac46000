package org.avatarengine.language;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the words and phrases that mark one person against everybody else, by weighted log-odds with an informative
 * Dirichlet prior (Monroe, Colaresi and Quinn, "Fightin' Words", Political Analysis 16, 2008, equations 16 and 22). The
 * prior is the whole collection, scaled to {@link #PRIOR_WEIGHT} observations. Runs of up to six words are counted level
 * by level: a run can only be frequent when both runs one word shorter within it are (Agrawal and Srikant, VLDB 1994).
 */
public final class SignaturePhrases {
    /** The version of the method, stored with its results. */
    public static final String METHOD = "log-odds-dirichlet-2";

    private static final int LONGEST = 6;
    private static final int EVIDENCE = 3;
    private static final double PRIOR_WEIGHT = 1000;

    /** Anything rarer is chance. */
    private static final int LEAST = 3;

    private static final double LEAST_Z = 1.96;

    /** The share of a run's uses within a longer run from which it is but a part of that. */
    private static final double WITHIN = 0.8;

    private final Map<String, List<Candidate>> candidates = new HashMap<>();
    private final LongCounts everybody = new LongCounts();
    private long runs;

    private record Candidate(long key, int length, int count, String text, List<String> evidence) {}

    /**
     * A phrase that is theirs more than others'.
     *
     * @param count how often they used it, in different messages at least three
     * @param byOthers how often everybody else did
     * @param z how many standard errors their use lies above everybody else's
     * @param evidence ids of messages that show it
     */
    public record Phrase(String text, long count, long byOthers, double z, List<String> evidence) {}

    /**
     * Compares people.
     *
     * @param corpora the words of everybody, those wanted included
     * @param wanted whose phrases are wanted
     */
    public SignaturePhrases(Map<String, PhraseCorpus> corpora, Collection<String> wanted) {
        for (String person : wanted) {
            PhraseCorpus corpus = corpora.get(person);
            if (corpus != null) {
                List<Candidate> its = frequent(corpus);
                candidates.put(person, its);
                its.forEach(candidate -> everybody.add(candidate.key, 0));
            }
        }
        corpora.values().forEach(this::count);
    }

    /** A key for a run of words: the key of the run without the last word, and the last word. Never 0. */
    private static long key(long before, int word) {
        long key = (before ^ word) * 0xD6E8FEB86659FD93L;
        key ^= key >>> 32;
        return key == 0 ? 1 : key;
    }

    private void count(PhraseCorpus corpus) {
        for (int i = 0; i < corpus.size(); i++) {
            long key = 0;
            for (int n = 0; n < LONGEST && i + n < corpus.size() && corpus.word(i + n) != PhraseCorpus.END; n++) {
                key = key(key, corpus.word(i + n));
                everybody.addIfPresent(key);
                runs++;
            }
        }
    }

    private static List<Candidate> frequent(PhraseCorpus corpus) {
        int size = corpus.size();
        long[] keys = new long[size];
        boolean[] was = new boolean[size + 1];
        List<Candidate> found = new ArrayList<>();
        for (int length = 1; length <= LONGEST; length++) {
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
            Map<Long, Set<String>> shown = new HashMap<>();
            Map<Long, Integer> first = new HashMap<>();
            for (int i = 0; i + length <= size; i++) {
                if (possible[i] && counts.get(keys[i]) >= LEAST) {
                    is[i] = true;
                    first.putIfAbsent(keys[i], i);
                    Set<String> messages = shown.computeIfAbsent(keys[i], k -> new LinkedHashSet<>());
                    if (messages.size() < EVIDENCE) {
                        messages.add(corpus.messageAt(i));
                    }
                }
            }
            int itsLength = length;
            first.forEach((key, at) -> {
                Set<String> messages = shown.getOrDefault(key, Set.of());
                if (messages.size() >= LEAST) { // in fewer messages it was said in one breath
                    found.add(new Candidate(
                            key, itsLength, counts.get(key), corpus.text(at, itsLength), List.copyOf(messages)));
                }
            });
            was = is;
        }
        return found;
    }

    /** The most telling phrases of two words or more, best first; none that is part of a better one. */
    public List<Phrase> phrases(String person, int limit) {
        List<Candidate> all = candidates.getOrDefault(person, List.of());
        Set<String> parts = parts(all);
        List<Phrase> chosen = new ArrayList<>();
        for (Phrase phrase : ranked(all)) {
            if (chosen.size() == limit) {
                break;
            }
            boolean telling =
                    phrase.text().indexOf(' ') > 0 && !common(phrase.text()) && !parts.contains(phrase.text());
            if (telling && chosen.stream().noneMatch(c -> overlaps(c.text(), phrase.text()))) {
                chosen.add(phrase);
            }
        }
        return chosen;
    }

    /** The most telling single words, best first. */
    public List<Phrase> words(String person, int limit) {
        return ranked(candidates.getOrDefault(person, List.of())).stream()
                .filter(p -> p.text().indexOf(' ') < 0 && p.text().length() > 1)
                .limit(limit)
                .toList();
    }

    /** Whether a phrase is made of nothing but the commonest words ("get the"), which mark nobody. */
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

    /** Runs that nearly always occur within one longer run; the longer one is the phrase. */
    private static Set<String> parts(List<Candidate> all) {
        Map<String, Integer> counts = new HashMap<>();
        all.forEach(candidate -> counts.put(candidate.text, candidate.count));
        Set<String> parts = new HashSet<>();
        for (Candidate candidate : all) {
            int first = candidate.text.indexOf(' ');
            int last = candidate.text.lastIndexOf(' ');
            if (first < last) {
                for (String shorter : List.of(candidate.text.substring(first + 1), candidate.text.substring(0, last))) {
                    if (candidate.count >= WITHIN * counts.getOrDefault(shorter, Integer.MAX_VALUE)) {
                        parts.add(shorter);
                    }
                }
            }
        }
        return parts;
    }

    /** Whether two phrases have half of the shorter one's words in common, in one run: pieces of one longer saying. */
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

    private List<Phrase> ranked(List<Candidate> all) {
        long own = all.stream().mapToLong(Candidate::count).sum();
        List<Phrase> ranked = new ArrayList<>();
        for (Candidate candidate : all) {
            long byAll = everybody.get(candidate.key);
            double z = z(candidate.count, byAll, own);
            if (z >= LEAST_Z) {
                ranked.add(new Phrase(candidate.text, candidate.count, byAll - candidate.count, z, candidate.evidence));
            }
        }
        ranked.sort(Comparator.comparingDouble(Phrase::z).reversed().thenComparing(Phrase::text));
        return ranked;
    }

    private double z(long mine, long byAll, long own) {
        double othersRuns = Math.max(1, runs - own);
        double others = Math.max(0, byAll - mine);
        double prior = PRIOR_WEIGHT * Math.max(1, byAll) / Math.max(1, runs);
        double oddsMine = (mine + prior) / (own + PRIOR_WEIGHT - mine - prior);
        double oddsOthers = (others + prior) / (othersRuns + PRIOR_WEIGHT - others - prior);
        double delta = Math.log(oddsMine) - Math.log(oddsOthers);
        return delta / Math.sqrt(1 / (mine + prior) + 1 / (others + prior));
    }
}
