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
import org.avatarengine.text.Token;
import org.avatarengine.text.WordLists;
import org.avatarengine.vectors.LinearModel;
import org.jspecify.annotations.Nullable;

/**
 * Classifies the emotion of single messages with two logistic regressions on the same features: one for the seven
 * emotions, one for sentiment. With a sentence vector it is more accurate; without, it is faster. Emoji and chat words,
 * which the training data lacks, add fixed evidence ({@code signs.txt}).
 */
public final class EmotionModel {
    /** The version of the method, stored with its results. */
    public static final String METHOD = "meld-logistic-1";

    /** The sentiment classes, which follow those of emotion in the models' files. */
    public static final List<String> SENTIMENTS = List.of("negative", "neutral", "positive");

    /** The scale of the sentence vector's dimensions as features. */
    public static final double VECTOR_SCALE = 4;

    private static final int VECTOR = 384;
    private static final int EMOTIONS = Emotion.values().length;
    private static final int ALL = EMOTIONS + 3;

    /** The log odds that a sign adds to its emotion and sentiment. */
    private static final float SIGN = 2f;

    private final Words words;
    private final Words wordsWithVector;
    private final float[][] vector;
    private final Map<String, float[]> signs;

    /** The weights of words and pairs, nested so that no key has to be concatenated for a lookup. */
    private static final class Words {
        private final Map<String, Word> words = new HashMap<>();
        private final float[] bias;

        private static final class Word {
            private float @Nullable [] alone;
            private float @Nullable [] negated;
            private final Map<String, float[]> before = new HashMap<>(4);
        }

        Words(Map<String, float[]> weights) {
            bias = Objects.requireNonNull(weights.get(LinearModel.BIAS));
            weights.forEach((feature, row) -> {
                int space = feature.startsWith("(") ? -1 : feature.indexOf(' ');
                if (space > 0) {
                    word(feature.substring(0, space)).before.put(feature.substring(space + 1), row);
                } else if (feature.startsWith(EmotionFeatures.NOT)) {
                    word(feature.substring(EmotionFeatures.NOT.length())).negated = row;
                } else {
                    word(feature).alone = row;
                }
            });
        }

        private Word word(String text) {
            return words.computeIfAbsent(text, t -> new Word());
        }

        boolean knows(String text) {
            Word word = words.get(text);
            return word != null && word.alone != null;
        }

        void score(List<Token> tokens, double[] scores) {
            add(scores, bias, 1);
            EmotionFeatures.of(tokens, new EmotionFeatures.Sink() {
                private @Nullable Word here;
                private @Nullable Word last = words.get(EmotionFeatures.START);

                @Override
                public void word(String text) {
                    here = words.get(text);
                    add(scores, here == null ? null : here.alone, 1);
                }

                @Override
                public void negated(String text) {
                    add(scores, here == null ? null : here.negated, 1);
                }

                @Override
                public void pair(String first, String second) {
                    add(scores, last == null ? null : last.before.get(second), 1);
                    last = here;
                }
            });
        }
    }

    private EmotionModel(Words words, Words wordsWithVector, float[][] vector, Map<String, float[]> signs) {
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
        return new EmotionModel(new Words(fast.weights()), new Words(fullWords), dimensions, signs());
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
     * Classifies a message.
     *
     * @param sentence its sentence vector; null when there is none
     */
    public Feeling judge(List<Token> tokens, float @Nullable [] sentence) {
        double[] scores = new double[ALL];
        Words weights = sentence == null ? words : wordsWithVector;
        weights.score(tokens, scores);
        if (sentence != null) {
            for (int d = 0; d < vector.length; d++) {
                add(scores, vector[d], sentence[d] * VECTOR_SCALE);
            }
        }
        for (Token token : tokens) {
            String text = token.kind() == Token.Kind.EMOTICON ? token.text().toLowerCase(Locale.ROOT) : token.text();
            float[] sign = token.kind() == Token.Kind.MARK ? null : signs.get(text);
            if (sign != null && !weights.knows(text)) {
                add(scores, sign, 1);
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
