package org.avatarengine.training;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.avatarengine.relationship.Exchange;
import org.avatarengine.training.DialogRelations.Pair;
import org.avatarengine.training.DialogRelations.Turn;
import org.avatarengine.training.LinearTrainer.Example;
import org.avatarengine.training.LinearTrainer.Score;
import org.avatarengine.vectors.LinearModel;

/**
 * Trains the relationship model on the train set of DialogRE and measures it on the dev set, compared with the most
 * frequent family and with counting keywords. Penalty and model size were chosen by cross-validation within the
 * train set.
 */
public final class TrainRelationship {
    private static final int CLASSES = DialogRelations.FAMILIES.size();
    private static final Set<Integer> ALL = Set.of(0, 1, 2, 3, 4);
    private static final double PENALTY = 0.3;
    private static final int LEAST_EXAMPLES = 5;
    private static final int MODELS = 20;
    private static final int EPOCHS = 30;

    private TrainRelationship() {}

    /** The arguments are the folder of DialogRE and, to store the model, its file. */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        List<Pair> train = DialogRelations.pairs(folder.resolve("train.json"));
        List<Pair> dev = DialogRelations.pairs(folder.resolve("dev.json"));
        List<Integer> truth = dev.stream().map(Pair::family).toList();
        Integer majority = majority(train);
        print("majority", truth, dev.stream().map(p -> majority).toList());
        print("keywords", truth, dev.stream().map(TrainRelationship::byKeywords).toList());
        int[] counts = new int[CLASSES];
        train.forEach(p -> counts[p.family()]++);
        List<Example> examples = train.stream()
                .map(p -> new Example(
                        features(p), p.family(), Math.sqrt(train.size() / (double) CLASSES / counts[p.family()])))
                .toList();
        LinearModel model = new LinearTrainer(DialogRelations.FAMILIES, PENALTY, EPOCHS, 0.05)
                .bagged(examples, LEAST_EXAMPLES, MODELS);
        print(
                "model",
                truth,
                dev.stream()
                        .map(p -> LinearModel.best(model.probabilities(features(p))))
                        .toList());
        if (args.length > 1) {
            try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(Path.of(args[1]), StandardCharsets.UTF_8))) {
                model.write(out);
            }
        }
    }

    private static void print(String what, List<Integer> truth, List<Integer> said) {
        Score score = Score.of(CLASSES, truth, said, ALL);
        System.out.printf(
                Locale.ROOT,
                "%-10s macro-F1 %.3f  accuracy %.3f  by class %s%n",
                what,
                score.macroF1(),
                score.accuracy(),
                score.f1().stream()
                        .map(f -> String.format(Locale.ROOT, "%.2f", f))
                        .toList());
    }

    private static Integer majority(List<Pair> train) {
        int[] counts = new int[CLASSES];
        train.forEach(p -> counts[p.family()]++);
        int best = 0;
        for (int c = 0; c < CLASSES; c++) {
            best = counts[c] > counts[best] ? c : best;
        }
        return best;
    }

    private static Map<String, Double> features(Pair pair) {
        Exchange exchange = new Exchange();
        List<Turn> turns = pair.dialogue();
        for (int i = 0; i < turns.size(); i++) {
            String speaker = turns.get(i).speaker();
            boolean one = speaker.equals(pair.one());
            boolean other = speaker.equals(pair.other());
            String partner = one ? pair.other() : pair.one();
            boolean near = (i > 0 && turns.get(i - 1).speaker().equals(partner))
                    || (i + 1 < turns.size() && turns.get(i + 1).speaker().equals(partner));
            if ((one || other) && near) {
                exchange.add(turns.get(i).tokens());
            } else if (one || other) {
                exchange.aside(turns.get(i).tokens());
            } else {
                exchange.overhear(turns.get(i).tokens());
            }
        }
        return exchange.features();
    }

    private static final List<List<String>> KEYWORDS = List.of(
            List.of("mom", "dad", "mother", "father", "son", "daughter", "brother", "sister", "grandma", "grandpa"),
            List.of("love", "babe", "baby", "honey", "sweetheart", "darling", "gorgeous", "beautiful", "handsome"),
            List.of("buddy", "dude", "bro", "bestie", "friend"),
            List.of("meeting", "project", "deadline", "work", "office", "client", "boss", "colleague"));

    private static final List<Pattern> PATTERNS = List.of(
            Pattern.compile("\\b(family dinner|home for|parents)\\b"),
            Pattern.compile("\\b(i love you|miss you|kiss|date night)\\b"),
            Pattern.compile("\\b(hang out|catch up|grab a drink|meet up)\\b"),
            Pattern.compile("\\b(work on|meeting|deadline|office)\\b"));

    /**
     * Counts keywords as the Python original does: anywhere in a message, also within words; one point for a word and two
     * for a phrase. The family with the most points wins, the first one on a tie, and "other" if there are no points.
     */
    private static Integer byKeywords(Pair pair) {
        int[] points = new int[5];
        for (Turn turn : pair.dialogue()) {
            if (turn.speaker().equals(pair.one()) || turn.speaker().equals(pair.other())) {
                String text = turn.text().toLowerCase(Locale.ROOT);
                for (int c = 0; c < KEYWORDS.size(); c++) {
                    points[c] += (int)
                            KEYWORDS.get(c).stream().filter(text::contains).count();
                    points[c] += 2
                            * (int) PATTERNS.get(c)
                                    .matcher(text)
                                    .results()
                                    .map(MatchResult::group)
                                    .distinct()
                                    .count();
                }
            }
        }
        int best = 4;
        for (int c : new int[] {1, 0, 2, 3}) {
            best = points[c] > (best == 4 ? 0 : points[best]) ? c : best;
        }
        return best;
    }
}
