package org.avatarengine.emotion;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.avatarengine.text.LinearModel;
import org.avatarengine.text.Token;
import org.avatarengine.text.WordLists;
import org.jspecify.annotations.Nullable;

/**
 * Judges the feeling of single messages by two logistic regressions that share their features: one over the seven
 * emotions, one over sentiment. With a sentence vector it knows more than words; without, it is fast. Emoji and chat
 * words, which the training data lacks, add fixed evidence ({@code signs.txt}).
 */
public final class EmotionModel {
    /** The version of the method, stored with its results. */
    public static final String METHOD = "meld-logistic-1";

    /** The classes of sentiment, after those of emotion, in the models' files. */
    public static final List<String> SENTIMENTS = List.of("negative", "neutral", "positive");

    /** What each dimension of a sentence vector is multiplied by as a feature. */
    public static final double VECTOR_SCALE = 4;

    private static final int VECTOR = 384;
    private static final int EMOTIONS = Emotion.values().length;
    private static final int ALL = EMOTIONS + 3;

    /** What a sign adds to its emotion and sentiment, in log odds. */
    private static final float SIGN = 2f;

    private final Map<String, float[]> words;
    private final Map<String, float[]> wordsWithVector;
    private final float[][] vector;
    private final Map<String, float[]> signs;

    private EmotionModel(
            Map<String, float[]> words,
            Map<String, float[]> wordsWithVector,
            float[][] vector,
            Map<String, float[]> signs) {
        this.words = words;
        this.wordsWithVector = wordsWithVector;
        this.vector = vector;
        this.signs = signs;
    }

    /** Loads the bundled models. */
    public static EmotionModel bundled() {
        LinearModel fast = read("words.tsv.gz");
        LinearModel full = read("vectors.tsv.gz");
        Map<String, float[]> fullWords = new HashMap<>(full.weights());
        float[][] dimensions = new float[VECTOR][ALL];
        for (int d = 0; d < VECTOR; d++) { // a dimension that never varies has no weight
            dimensions[d] = Objects.requireNonNullElseGet(fullWords.remove("#" + d), () -> new float[ALL]);
        }
        return new EmotionModel(fast.weights(), fullWords, dimensions, signs());
    }

    private static LinearModel read(String file) {
        try (InputStream in =
                new GZIPInputStream(Objects.requireNonNull(EmotionModel.class.getResourceAsStream(file)))) {
            return LinearModel.read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, float[]> signs() {
        Map<String, float[]> signs = new HashMap<>();
        WordLists.read(EmotionModel.class, "signs.txt", " ").forEach((kind, list) -> {
            String[] emotionAndSentiment = kind.split(" ");
            float[] row = new float[ALL];
            row[Emotion.valueOf(emotionAndSentiment[0].toUpperCase(Locale.ROOT)).ordinal()] = SIGN;
            row[EMOTIONS + "-0+".indexOf(emotionAndSentiment[1])] = SIGN;
            list.forEach(sign -> signs.put(sign, row));
        });
        return signs;
    }

    /**
     * Judges a message.
     *
     * @param sentence its vector; null when there is none
     */
    public Feeling judge(List<Token> tokens, float @Nullable [] sentence) {
        double[] scores = new double[ALL];
        Map<String, float[]> weights = sentence == null ? words : wordsWithVector;
        add(scores, weights.get(LinearModel.BIAS), 1);
        EmotionFeatures.of(tokens, feature -> add(scores, weights.get(feature), 1));
        if (sentence != null) {
            for (int d = 0; d < vector.length; d++) {
                add(scores, vector[d], sentence[d] * VECTOR_SCALE);
            }
        }
        for (Token token : tokens) {
            String text = token.isWord() ? token.text() : token.text().toLowerCase(Locale.ROOT);
            if (token.kind() != Token.Kind.MARK && !weights.containsKey(text)) {
                add(scores, signs.get(text), 1);
            }
        }
        double[] emotion = LinearModel.softmax(java.util.Arrays.copyOf(scores, EMOTIONS));
        double[] sentiment = LinearModel.softmax(java.util.Arrays.copyOfRange(scores, EMOTIONS, ALL));
        return new Feeling(java.util.Arrays.stream(emotion).boxed().toList(), sentiment[2], sentiment[0]);
    }

    private static void add(double[] scores, float @Nullable [] row, double value) {
        if (row != null) {
            for (int c = 0; c < ALL; c++) {
                scores[c] += row[c] * value;
            }
        }
    }
}
