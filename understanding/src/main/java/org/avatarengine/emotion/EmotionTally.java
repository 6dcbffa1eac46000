package org.avatarengine.emotion;

import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.avatarengine.language.Share;

/** Aggregates the emotions of many messages. Tallies can be merged. */
public final class EmotionTally {
    private static final int EVIDENCE = 3;
    private final double[] sums = new double[Emotion.values().length];
    private final long[] counts = new long[Emotion.values().length];
    private final Map<Emotion, List<Shown>> evidence = new EnumMap<>(Emotion.class);
    /** The sum and the number by month, counted from the year 0. */
    private final Map<Integer, double[]> months = new TreeMap<>();

    private long messages;
    private double intensity;
    private double sentiment;

    private record Shown(String id, double probability) {}

    /** Adds a message. */
    public void add(String id, ZonedDateTime at, Feeling feeling) {
        messages++;
        intensity += feeling.intensity();
        sentiment += feeling.sentiment();
        for (int e = 0; e < sums.length; e++) {
            sums[e] += feeling.probabilities().get(e);
        }
        Emotion emotion = feeling.emotion();
        counts[emotion.ordinal()]++;
        show(emotion, new Shown(id, feeling.probabilities().get(emotion.ordinal())));
        double[] month = months.computeIfAbsent(at.getYear() * 12 + at.getMonthValue() - 1, m -> new double[2]);
        month[0] += feeling.sentiment();
        month[1]++;
    }

    private void show(Emotion emotion, Shown shown) {
        List<Shown> best = evidence.computeIfAbsent(emotion, e -> new ArrayList<>());
        if (best.size() < EVIDENCE || shown.probability > best.getLast().probability) {
            best.add(shown);
            best.sort(Comparator.comparingDouble(Shown::probability).reversed().thenComparing(Shown::id));
            if (best.size() > EVIDENCE) {
                best.removeLast();
            }
        }
    }

    /** Adds another tally. */
    public void merge(EmotionTally other) {
        for (int e = 0; e < sums.length; e++) {
            sums[e] += other.sums[e];
            counts[e] += other.counts[e];
        }
        other.evidence.forEach((emotion, all) -> all.forEach(shown -> show(emotion, shown)));
        other.months.forEach((month, theirs) -> {
            double[] mine = months.computeIfAbsent(month, m -> new double[2]);
            mine[0] += theirs[0];
            mine[1] += theirs[1];
        });
        messages += other.messages;
        intensity += other.intensity;
        sentiment += other.sentiment;
    }

    /**
     * The share of an emotion.
     *
     * @param share the share of messages with it as the most probable emotion
     * @param mean its mean probability
     */
    public record Part(Emotion emotion, Share share, double mean, List<String> evidence) {}

    /** The mean sentiment of a month such as {@code 2024-05}, with the number of messages. */
    public record Month(String month, double sentiment, long messages) {}

    public long messages() {
        return messages;
    }

    /** Mean intensity, 0 to 1. */
    public double intensity() {
        return messages == 0 ? 0 : intensity / messages;
    }

    /** Mean sentiment, −1 to 1. */
    public double sentiment() {
        return messages == 0 ? 0 : sentiment / messages;
    }

    /** The share of each emotion. */
    public List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        for (Emotion emotion : Emotion.values()) {
            int e = emotion.ordinal();
            parts.add(new Part(
                    emotion,
                    Share.of(counts[e], messages),
                    messages == 0 ? 0 : sums[e] / messages,
                    evidence.getOrDefault(emotion, List.of()).stream()
                            .map(Shown::id)
                            .toList()));
        }
        return parts;
    }

    /** Sentiment over time. */
    public List<Month> months() {
        return months.entrySet().stream()
                .map(m -> new Month(
                        YearMonth.of(m.getKey() / 12, m.getKey() % 12 + 1).toString(),
                        m.getValue()[0] / m.getValue()[1],
                        (long) m.getValue()[1]))
                .toList();
    }
}
