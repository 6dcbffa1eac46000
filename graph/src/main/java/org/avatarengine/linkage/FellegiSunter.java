package org.avatarengine.linkage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The probabilistic model of record linkage by Fellegi and Sunter ("A Theory for Record Linkage", JASA 64, 1969). The
 * frequency of each level by chance (u) is counted over random pairs. Its frequency among true matches (m) and the
 * share of matches among all pairs are estimated by expectation–maximization over the candidate pairs (Winkler, 1988).
 * Pairs that are not candidates count as non-matches. Agreement on a rare value weighs more than on a common one (term
 * frequencies).
 */
public final class FellegiSunter {
    private static final int RANDOM_PAIRS = 1_000_000;
    private static final int ITERATIONS = 200;
    private static final double CONVERGED = 1e-7;
    /** The weight of the prior of each level, in true matches. */
    private static final double EXPECTED_MATCHES = 20;

    /** The weight of the prior of each level, in random pairs. */
    private static final double EXPECTED_PAIRS = 20_000;

    /** The prior for the share of matches: {@link #SEEN_MATCHES} matches in this number of pairs. */
    private static final double SEEN_PAIRS = 2_000;

    private static final double SEEN_MATCHES = 1.3;

    /**
     * Added to the number of records when value frequencies are computed, because a few records cannot show which
     * values are rare.
     */
    private static final double OTHER_TERMS = 1000;

    private static final long SEED = 20_26;
    private static final int LEVEL_BITS = 4;

    private final List<Comparison> comparisons;
    private final double prior;
    private final double[][] m;
    private final double[][] u;
    private final List<Map<String, Double>> termShares;

    private FellegiSunter(
            List<Comparison> comparisons,
            double prior,
            double[][] m,
            double[][] u,
            List<Map<String, Double>> termShares) {
        this.comparisons = comparisons;
        this.prior = prior;
        this.m = m;
        this.u = u;
        this.termShares = termShares;
    }

    /**
     * The contribution of one comparison to a verdict.
     *
     * @param comparison its name
     * @param level the level found
     * @param bits the base-2 logarithm of the likelihood ratio: positive for a match, negative against it
     */
    public record Evidence(String comparison, String level, double bits) {}

    /** A verdict on two records: the probability (0 to 1) that they match, and the evidence. */
    public record Verdict(String one, String other, double probability, List<Evidence> evidence) {}

    /** Learns the weights from the records. */
    public static FellegiSunter learn(List<Comparison> comparisons, List<LinkageRecord> records, long[] candidates) {
        if (comparisons.size() * LEVEL_BITS > Long.SIZE) {
            throw new IllegalArgumentException("At most " + Long.SIZE / LEVEL_BITS + " comparisons are supported.");
        }
        double[][] u = chance(comparisons, records);
        Map<Long, Integer> patterns = count(comparisons, records, candidates);
        long[] keys =
                patterns.keySet().stream().mapToLong(Long::longValue).sorted().toArray();
        double[][] expected = start(comparisons);
        double[][] m = expected;
        double all = records.size() * (records.size() - 1.0) / 2;
        double prior = SEEN_MATCHES / SEEN_PAIRS;
        for (int round = 0; round < ITERATIONS; round++) {
            double matches = 0;
            double[][] sums = new double[m.length][];
            for (int c = 0; c < m.length; c++) {
                sums[c] = new double[m[c].length];
            }
            for (long key : keys) {
                double weight = patterns.getOrDefault(key, 0);
                double matching = weight * probability(key, prior, m, u);
                matches += matching;
                for (int c = 0; c < m.length; c++) {
                    int level = level(key, c);
                    if (level != Comparison.MISSING) {
                        sums[c][level] += matching;
                    }
                }
            }
            double next = (matches + SEEN_MATCHES) / (all + SEEN_PAIRS);
            m = new double[expected.length][];
            for (int c = 0; c < m.length; c++) {
                m[c] = shares(sums[c], expected[c], EXPECTED_MATCHES);
            }
            boolean settled = Math.abs(next - prior) < CONVERGED;
            prior = next;
            if (settled && round > 10) {
                break;
            }
        }
        return new FellegiSunter(List.copyOf(comparisons), prior, m, u, termShares(comparisons, records));
    }

    private static double[][] start(List<Comparison> comparisons) {
        double[][] m = new double[comparisons.size()][];
        for (int c = 0; c < m.length; c++) {
            List<Comparison.Level> levels = comparisons.get(c).levels();
            m[c] = levels.stream().mapToDouble(Comparison.Level::amongMatches).toArray();
        }
        return m;
    }

    private static double[][] chance(List<Comparison> comparisons, List<LinkageRecord> records) {
        double[][] counts = new double[comparisons.size()][];
        for (int c = 0; c < counts.length; c++) {
            counts[c] = new double[comparisons.get(c).levels().size()];
        }
        SplittableRandom random = new SplittableRandom(SEED);
        long all = (long) records.size() * (records.size() - 1) / 2;
        for (long i = 0; i < Math.min(all, RANDOM_PAIRS) && records.size() > 1; i++) {
            int one = random.nextInt(records.size());
            int other = random.nextInt(records.size() - 1);
            other += other >= one ? 1 : 0;
            for (int c = 0; c < counts.length; c++) {
                int level = comparisons.get(c).judge().level(records.get(one), records.get(other));
                if (level != Comparison.MISSING) {
                    counts[c][level]++;
                }
            }
        }
        double[][] u = new double[counts.length][];
        for (int c = 0; c < u.length; c++) {
            double[] expected = comparisons.get(c).levels().stream()
                    .mapToDouble(Comparison.Level::byChance)
                    .toArray();
            u[c] = shares(counts[c], expected, EXPECTED_PAIRS);
        }
        return u;
    }

    /** The shares of counts smoothed by a prior. The weight is a number of observations. */
    private static double[] shares(double[] counts, double[] expected, double weight) {
        double sum = 0;
        double expectedSum = 0;
        for (int i = 0; i < counts.length; i++) {
            sum += counts[i];
            expectedSum += expected[i];
        }
        double[] shares = new double[counts.length];
        for (int i = 0; i < counts.length; i++) {
            shares[i] = (counts[i] + weight * expected[i] / expectedSum) / (sum + weight);
        }
        return shares;
    }

    private static Map<Long, Integer> count(
            List<Comparison> comparisons, List<LinkageRecord> records, long[] candidates) {
        int chunk = 65_536;
        return IntStream.range(0, (candidates.length + chunk - 1) / chunk)
                .parallel()
                .mapToObj(part -> {
                    Map<Long, Integer> counts = new HashMap<>();
                    for (int i = part * chunk; i < Math.min(candidates.length, (part + 1) * chunk); i++) {
                        counts.merge(pattern(comparisons, records, candidates[i]), 1, Integer::sum);
                    }
                    return counts;
                })
                .reduce(new HashMap<>(), FellegiSunter::sum);
    }

    private static Map<Long, Integer> sum(Map<Long, Integer> one, Map<Long, Integer> other) {
        Map<Long, Integer> both = new HashMap<>(one);
        other.forEach((key, count) -> both.merge(key, count, Integer::sum));
        return both;
    }

    /** Packs all levels of a pair into one number, four bits each: the level plus one. */
    private static long pattern(List<Comparison> comparisons, List<LinkageRecord> records, long pair) {
        LinkageRecord one = records.get((int) (pair >> 32));
        LinkageRecord other = records.get((int) pair);
        long key = 0;
        for (int c = 0; c < comparisons.size(); c++) {
            key |= (long) (comparisons.get(c).judge().level(one, other) + 1) << (LEVEL_BITS * c);
        }
        return key;
    }

    private static int level(long pattern, int comparison) {
        return (int) (pattern >>> (LEVEL_BITS * comparison) & 15) - 1;
    }

    private static double probability(long pattern, double prior, double[][] m, double[][] u) {
        double odds = Math.log(prior / (1 - prior));
        for (int c = 0; c < m.length; c++) {
            int level = level(pattern, c);
            if (level != Comparison.MISSING) {
                odds += Math.log(m[c][level] / u[c][level]);
            }
        }
        return 1 / (1 + Math.exp(-odds));
    }

    private static List<Map<String, Double>> termShares(List<Comparison> comparisons, List<LinkageRecord> records) {
        List<Map<String, Double>> all = new ArrayList<>();
        for (Comparison comparison : comparisons) {
            Map<String, Double> counts = new HashMap<>();
            double sum = 0;
            if (comparison.termField() >= 0) {
                for (LinkageRecord record : records) {
                    for (String value : record.field(comparison.termField())) {
                        counts.merge(value, 1.0, Double::sum);
                        sum++;
                    }
                }
            }
            double total = sum;
            counts.replaceAll((value, count) -> count / (total + OTHER_TERMS));
            all.add(counts);
        }
        return all;
    }

    /** The estimated share of matches among all pairs, 0 to 1. */
    public double prior() {
        return prior;
    }

    /** The probability that two records match, 0 to 1. */
    public double probability(LinkageRecord one, LinkageRecord other) {
        double bits = Math.log(prior / (1 - prior)) / Math.log(2);
        for (int c = 0; c < comparisons.size(); c++) {
            bits += bits(c, comparisons.get(c).judge().level(one, other), one, other);
        }
        return 1 / (1 + Math.pow(2, -bits));
    }

    /** The probability that two records match, with the evidence for and against it. */
    public Verdict judge(LinkageRecord one, LinkageRecord other) {
        List<Evidence> evidence = new ArrayList<>();
        for (int c = 0; c < comparisons.size(); c++) {
            Comparison comparison = comparisons.get(c);
            int level = comparison.judge().level(one, other);
            if (level != Comparison.MISSING) {
                evidence.add(new Evidence(
                        comparison.name(), comparison.levels().get(level).name(), bits(c, level, one, other)));
            }
        }
        return new Verdict(one.id(), other.id(), probability(one, other), evidence);
    }

    private double bits(int c, int level, LinkageRecord one, LinkageRecord other) {
        if (level == Comparison.MISSING) {
            return 0;
        }
        Comparison comparison = comparisons.get(c);
        double chance = u[c][level];
        if (level == comparison.top() && comparison.termField() >= 0) {
            chance = chanceOfSharing(c, chance, one, other);
        }
        return Math.log(m[c][level] / chance) / Math.log(2);
    }

    /** The probability that another record has the rarest value that these two share; u if no value is identical. */
    private double chanceOfSharing(int c, double otherwise, LinkageRecord one, LinkageRecord other) {
        int field = comparisons.get(c).termField();
        double rarest = Double.MAX_VALUE;
        for (String value : one.field(field)) {
            if (other.field(field).contains(value)) {
                rarest = Math.min(rarest, termShares.get(c).getOrDefault(value, 1.0));
            }
        }
        return rarest == Double.MAX_VALUE ? otherwise : rarest;
    }
}
