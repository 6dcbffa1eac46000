package org.avatarengine.profile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.avatarengine.profile.Profile.Phrase;

/**
 * Finds the words and phrases that mark one person against everybody else, by weighted log-odds with an informative
 * Dirichlet prior (Monroe, Colaresi and Quinn, "Fightin' Words", Political Analysis 16, 2008, equations 16 and 22). The
 * prior is the whole collection, scaled to {@link #PRIOR_WEIGHT} observations.
 */
final class PhraseFinder {
    private static final int LONGEST = 4;
    private static final int EVIDENCE = 3;
    private static final double PRIOR_WEIGHT = 1000;

    /** Anything rarer is chance. */
    private static final int LEAST = 3;

    private static final double LEAST_Z = 1.96;

    /** The share of a run's uses within a longer run from which it is but a part of that. */
    private static final double WITHIN = 0.8;

    /** A phrase of nothing but the words that others use most ("on the") marks nobody. */
    private static final int COMMON_WORDS = 40;

    private static final class Own {
        private long count;
        private final List<String> evidence = new ArrayList<>(EVIDENCE);
    }

    private final Map<String, Own> own = new HashMap<>();
    private final Map<String, Long> all = new HashMap<>();
    private long ownRuns;
    private long allRuns;

    /** Takes in one of the person's messages. */
    void addOwn(String messageId, List<String> words) {
        Words.runs(words, 1, LONGEST, run -> {
            Own entry = own.computeIfAbsent(run, k -> new Own());
            entry.count++;
            ownRuns++;
            if (entry.evidence.size() < EVIDENCE && !entry.evidence.contains(messageId)) {
                entry.evidence.add(messageId);
            }
        });
    }

    /** Forgets what is too rare, so that counting everybody's messages needs little memory. */
    void keepFrequent() {
        own.values().removeIf(entry -> entry.count < LEAST);
    }

    /** Takes in a message of anybody, the person included. */
    void addAny(List<String> words) {
        Words.runs(words, 1, LONGEST, run -> {
            allRuns++;
            if (own.containsKey(run)) {
                all.merge(run, 1L, Long::sum);
            }
        });
    }

    /** The most telling phrases of two words or more, best first; none that is part of a better one. */
    List<Phrase> phrases(int limit) {
        List<Phrase> chosen = new ArrayList<>();
        Set<String> common = commonWords();
        Set<String> parts = parts();
        for (Phrase candidate : ranked()) {
            if (chosen.size() == limit) {
                break;
            }
            String[] words = candidate.text().split(" ");
            boolean telling =
                    words.length > 1 && !common.containsAll(List.of(words)) && !parts.contains(candidate.text());
            if (telling && chosen.stream().noneMatch(c -> overlaps(c.text(), candidate.text()))) {
                chosen.add(candidate);
            }
        }
        return chosen;
    }

    /** Runs that nearly always occur within one longer run; the longer one is the phrase. */
    private Set<String> parts() {
        Set<String> parts = new HashSet<>();
        own.forEach((text, entry) -> {
            int first = text.indexOf(' ');
            int last = text.lastIndexOf(' ');
            if (first < last && entry.count >= LEAST) {
                for (String shorter : List.of(text.substring(first + 1), text.substring(0, last))) {
                    Own part = own.get(shorter);
                    if (part != null && entry.count >= WITHIN * part.count) {
                        parts.add(shorter);
                    }
                }
            }
        });
        return parts;
    }

    private Set<String> commonWords() {
        return all.keySet().stream()
                .filter(text -> text.indexOf(' ') < 0)
                .sorted(Comparator.comparingLong(this::byOthers).reversed().thenComparing(Comparator.naturalOrder()))
                .limit(COMMON_WORDS)
                .collect(Collectors.toSet());
    }

    private long byOthers(String text) {
        Own mine = own.get(text);
        return all.getOrDefault(text, 0L) - (mine == null ? 0 : mine.count);
    }

    /** The most telling single words, best first. */
    List<Phrase> words(int limit) {
        return ranked().stream()
                .filter(p -> p.text().indexOf(' ') < 0 && p.text().length() > 1)
                .limit(limit)
                .toList();
    }

    private static boolean overlaps(String one, String other) {
        return (" " + one + " ").contains(" " + other + " ") || (" " + other + " ").contains(" " + one + " ");
    }

    private List<Phrase> ranked() {
        List<Phrase> ranked = new ArrayList<>();
        own.forEach((text, entry) -> {
            if (entry.count >= LEAST) {
                double z = z(entry.count, all.getOrDefault(text, entry.count));
                if (z >= LEAST_Z) {
                    ranked.add(new Phrase(text, entry.count, z, List.copyOf(entry.evidence)));
                }
            }
        });
        ranked.sort(Comparator.comparingDouble(Phrase::z).reversed().thenComparing(Phrase::text));
        return ranked;
    }

    private double z(long mine, long everybody) {
        double othersRuns = Math.max(1, allRuns - ownRuns);
        double others = Math.max(0, everybody - mine);
        double prior = PRIOR_WEIGHT * Math.max(1, everybody) / Math.max(1, allRuns);
        double oddsMine = (mine + prior) / (ownRuns + PRIOR_WEIGHT - mine - prior);
        double oddsOthers = (others + prior) / (othersRuns + PRIOR_WEIGHT - others - prior);
        double delta = Math.log(oddsMine) - Math.log(oddsOthers);
        return delta / Math.sqrt(1 / (mine + prior) + 1 / (others + prior));
    }
}
