package org.avatarengine.linkage;

import java.util.List;
import java.util.function.BiPredicate;
import org.avatarengine.linkage.Comparison.Level;

/** Comparisons for common kinds of fields. If a field has several values, the most similar pair counts. */
public final class Judges {
    private static final double CLOSE = 0.92;
    private static final double SIMILAR = 0.8;

    private static final List<Level> WORD_LEVELS = List.of(
            new Level("different", 0.05, 0.96),
            new Level("similar", 0.03, 0.02),
            new Level("close", 0.12, 0.01),
            new Level("same", 0.8, 0.01));
    private static final List<Level> DIGIT_LEVELS = List.of(
            new Level("different", 0.08, 0.95), new Level("one edit apart", 0.12, 0.04), new Level("same", 0.8, 0.01));
    private static final List<Level> DATE_LEVELS = List.of(
            new Level("different", 0.05, 0.97),
            new Level("two edits apart", 0.05, 0.015),
            new Level("one edit apart", 0.1, 0.01),
            new Level("same", 0.8, 0.005));
    private static final List<Level> EXCHANGEABLE_LEVELS = List.of(
            new Level("different", 0.04, 0.959),
            new Level("similar", 0.03, 0.02),
            new Level("exchanged", 0.03, 0.001),
            new Level("close", 0.1, 0.01),
            new Level("same", 0.8, 0.01));

    private Judges() {}

    /** Compares words: same, close (Jaro–Winkler of 0.92 or more), similar (0.8 or more), different. */
    public static Comparison words(String name, int field) {
        return new Comparison(
                name,
                WORD_LEVELS,
                (one, other) -> best(one.field(field), other.field(field), Judges::wordLevel),
                field);
    }

    /** Compares numbers and codes as text: same, one edit apart, different. */
    public static Comparison digits(String name, int field) {
        return new Comparison(
                name,
                DIGIT_LEVELS,
                (one, other) -> best(one.field(field), other.field(field), Judges::digitLevel),
                field);
    }

    /** Compares dates written as eight digits: same, one edit apart (a typing error), two edits apart, different. */
    public static Comparison date(String name, int field) {
        return new Comparison(
                name,
                DATE_LEVELS,
                (one, other) -> best(one.field(field), other.field(field), Judges::dateLevel),
                field);
    }

    /**
     * Compares one of two fields that people mix up, such as given and family name. Works like {@link #words}, and also
     * detects swapped fields.
     */
    public static Comparison exchangeable(String name, int field, int exchangedWith) {
        return new Comparison(
                name,
                EXCHANGEABLE_LEVELS,
                (one, other) -> {
                    int level = best(one.field(field), other.field(field), Judges::wordLevel);
                    if (level < 2 && exchanged(one, other, field, exchangedWith)) {
                        return 2;
                    }
                    return level < 2 ? level : level + 1;
                },
                field);
    }

    private static boolean exchanged(LinkageRecord one, LinkageRecord other, int field, int with) {
        return any(one.field(field), other.field(with), Judges::close)
                && any(one.field(with), other.field(field), Judges::close);
    }

    private static boolean close(String one, String other) {
        return wordLevel(one, other) >= 2;
    }

    static boolean any(List<String> ones, List<String> others, BiPredicate<String, String> test) {
        return ones.stream().anyMatch(one -> others.stream().anyMatch(other -> test.test(one, other)));
    }

    /** Returns the level of two values. */
    @FunctionalInterface
    public interface ValueJudge {
        int level(String one, String other);
    }

    /** The best level over all pairs of values; {@link Comparison#MISSING} when one side has none. */
    public static int best(List<String> ones, List<String> others, ValueJudge judge) {
        int best = Comparison.MISSING;
        for (String one : ones) {
            for (String other : others) {
                best = Math.max(best, judge.level(one, other));
            }
        }
        return best;
    }

    private static int wordLevel(String one, String other) {
        if (one.equals(other)) {
            return 3;
        }
        double similarity = Similarity.jaroWinkler(one, other);
        return similarity >= CLOSE ? 2 : similarity >= SIMILAR ? 1 : 0;
    }

    private static int digitLevel(String one, String other) {
        return one.equals(other) ? 2 : Similarity.editDistance(one, other) == 1 ? 1 : 0;
    }

    private static int dateLevel(String one, String other) {
        return one.equals(other) ? 3 : Math.max(0, 3 - Similarity.editDistance(one, other));
    }
}
