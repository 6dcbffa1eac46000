package org.avatarengine.training;

import com.vader.sentiment.analyzer.SentimentAnalyzer;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.avatarengine.embedding.OnnxEncoder;
import org.avatarengine.embedding.SentenceModel;
import org.avatarengine.emotion.Emotion;
import org.avatarengine.emotion.EmotionFeatures;
import org.avatarengine.emotion.EmotionModel;
import org.avatarengine.emotion.Feeling;
import org.avatarengine.text.Token;
import org.avatarengine.text.Tokenizer;
import org.avatarengine.training.LinearTrainer.Example;
import org.avatarengine.training.LinearTrainer.Score;
import org.avatarengine.vectors.LinearModel;
import org.avatarengine.vectors.SentenceEncoder;

/**
 * Trains the emotion models on the train set of MELD. {@code measure FOLDER} scores the bundled models on the dev set
 * and VADER (Hutto and Gilbert, ICWSM 2014) on the same rows; {@code train FOLDER RESOURCES} trains them.
 */
public final class TrainEmotion {
    private static final List<String> EMOTIONS = Arrays.stream(Emotion.values())
            .map(e -> e.name().toLowerCase(Locale.ROOT))
            .toList();
    private static final int LEAST_EXAMPLES = 3;
    private static final int EPOCHS = 12;
    private static final double RATE = 0.03;
    private static final double PENALTY = 1e-4;

    /** Weights below this are negligible. */
    private static final double LEAST_WEIGHT = 0.05;

    /** The range in which VADER's compound score is neutral, according to its authors. */
    private static final double VADER_NEUTRAL = 0.05;

    private TrainEmotion() {}

    private record Utterance(String text, List<Token> tokens, int emotion, int sentiment) {}

    public static void main(String[] args) throws IOException {
        List<Utterance> train = read(Path.of(args[1], "train_sent_emo.csv"));
        List<Utterance> dev = read(Path.of(args[1], "dev_sent_emo.csv"));
        try (SentenceEncoder encoder =
                new OnnxEncoder(SentenceModel.MINILM, Runtime.getRuntime().availableProcessors())) {
            if (args[0].equals("train")) {
                List<float[]> vectors =
                        encoder.encode(train.stream().map(Utterance::text).toList());
                write(train(train, i -> words(train.get(i))), Path.of(args[2], "words.tsv.gz"));
                write(
                        train(train, i -> {
                            Map<String, Double> features = words(train.get(i));
                            for (int d = 0; d < encoder.dimensions(); d++) {
                                features.put("#" + d, vectors.get(i)[d] * EmotionModel.VECTOR_SCALE);
                            }
                            return features;
                        }),
                        Path.of(args[2], "vectors.tsv.gz"));
            } else {
                measure(dev, encoder);
            }
        }
    }

    private static List<Utterance> read(Path file) throws IOException {
        List<Utterance> utterances = new ArrayList<>();
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (CSVParser parser = format.parse(Files.newBufferedReader(file, StandardCharsets.UTF_8))) {
            for (CSVRecord row : parser) {
                // The file was once converted with a wrong character set.
                String text = row.get("Utterance")
                        .replace('\u0092', '\'')
                        .replace('\u0091', '\'')
                        .replace("\u0085", "...");
                utterances.add(new Utterance(
                        text,
                        Tokenizer.tokens(text),
                        EMOTIONS.indexOf(row.get("Emotion")),
                        EmotionModel.SENTIMENTS.indexOf(row.get("Sentiment"))));
            }
        }
        return utterances;
    }

    private static Map<String, Double> words(Utterance utterance) {
        Map<String, Double> features = new HashMap<>();
        EmotionFeatures.named(utterance.tokens(), feature -> features.merge(feature, 1.0, Double::sum));
        return features;
    }

    /** Both regressions, as one model whose first columns are the emotions and whose last are the sentiments. */
    private static LinearModel train(List<Utterance> train, Function<Integer, Map<String, Double>> features) {
        List<Map<String, Double>> all =
                IntStream.range(0, train.size()).mapToObj(features::apply).toList();
        LinearModel emotion = train(train, all, EMOTIONS, Utterance::emotion, 0.3);
        LinearModel sentiment = train(train, all, EmotionModel.SENTIMENTS, Utterance::sentiment, 0);
        Map<String, float[]> both = new HashMap<>();
        emotion.weights().forEach((feature, row) -> both.put(feature, Arrays.copyOf(row, row.length + 3)));
        sentiment
                .weights()
                .forEach((feature, row) -> System.arraycopy(
                        row, 0, both.computeIfAbsent(feature, f -> new float[10]), EMOTIONS.size(), 3));
        both.entrySet().removeIf(entry -> !entry.getKey().startsWith("#") && largest(entry.getValue()) < LEAST_WEIGHT);
        List<String> classes = new ArrayList<>(EMOTIONS);
        EmotionModel.SENTIMENTS.forEach(s -> classes.add("sentiment-" + s));
        return new LinearModel(classes, both);
    }

    private static float largest(float[] row) {
        float largest = 0;
        for (float weight : row) {
            largest = Math.max(largest, Math.abs(weight));
        }
        return largest;
    }

    /** @param balance 0: all examples have the same weight; 1: all classes have the same weight */
    private static LinearModel train(
            List<Utterance> train,
            List<Map<String, Double>> features,
            List<String> classes,
            ToIntFunction<Utterance> label,
            double balance) {
        int[] counts = new int[classes.size()];
        train.forEach(u -> counts[label.applyAsInt(u)]++);
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < train.size(); i++) {
            int its = label.applyAsInt(train.get(i));
            double share = (double) counts[its] * classes.size() / train.size();
            examples.add(new Example(features.get(i), its, Math.pow(share, -balance)));
        }
        return new LinearTrainer(classes, PENALTY, EPOCHS, RATE).train(examples, LEAST_EXAMPLES);
    }

    private static void write(LinearModel model, Path file) throws IOException {
        try (PrintWriter out = new PrintWriter(
                new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8))) {
            model.write(out);
        }
        System.out.println(file.getFileName() + ": " + model.size() + " features, " + Files.size(file) + " bytes");
    }

    private static void measure(List<Utterance> dev, SentenceEncoder encoder) {
        EmotionModel model = EmotionModel.bundled();
        List<float[]> vectors = encoder.encode(dev.stream().map(Utterance::text).toList());
        List<Feeling> fast =
                dev.stream().map(u -> model.judge(u.tokens(), null)).toList();
        List<Feeling> full = IntStream.range(0, dev.size())
                .mapToObj(i -> model.judge(dev.get(i).tokens(), vectors.get(i)))
                .toList();
        List<Integer> emotions = dev.stream().map(Utterance::emotion).toList();
        List<Integer> sentiments = dev.stream().map(Utterance::sentiment).toList();
        Integer neutral = Emotion.NEUTRAL.ordinal();
        print(
                "emotion: always neutral",
                7,
                emotions,
                dev.stream().map(u -> neutral).toList());
        print(
                "emotion: words",
                7,
                emotions,
                fast.stream().map(f -> f.emotion().ordinal()).toList());
        print(
                "emotion: words and vector",
                7,
                emotions,
                full.stream().map(f -> f.emotion().ordinal()).toList());
        print(
                "sentiment: VADER",
                3,
                sentiments,
                dev.stream().map(TrainEmotion::vader).toList());
        print(
                "sentiment: words",
                3,
                sentiments,
                fast.stream().map(TrainEmotion::sentiment).toList());
        print(
                "sentiment: words and vector",
                3,
                sentiments,
                full.stream().map(TrainEmotion::sentiment).toList());
    }

    private static Integer sentiment(Feeling feeling) {
        double neutral = 1 - feeling.positive() - feeling.negative();
        if (neutral >= feeling.positive() && neutral >= feeling.negative()) {
            return 1;
        }
        return feeling.positive() > feeling.negative() ? 2 : 0;
    }

    private static Integer vader(Utterance utterance) {
        try {
            SentimentAnalyzer analyzer = new SentimentAnalyzer(utterance.text());
            analyzer.analyze();
            float compound = analyzer.getPolarity().get("compound");
            return compound >= VADER_NEUTRAL ? 2 : compound <= -VADER_NEUTRAL ? 0 : 1;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void print(String what, int classes, List<Integer> truth, List<Integer> said) {
        Set<Integer> all = IntStream.range(0, classes).boxed().collect(Collectors.toSet());
        Score score = Score.of(classes, truth, said, all);
        System.out.printf(
                Locale.ROOT,
                "%-28s weighted F1 %.3f  macro-F1 %.3f  accuracy %.3f%n",
                what,
                score.weightedF1(),
                score.macroF1(),
                score.accuracy());
    }
}
