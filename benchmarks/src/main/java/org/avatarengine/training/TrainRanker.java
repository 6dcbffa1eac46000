package org.avatarengine.training;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.avatarengine.embedding.OnnxEncoder;
import org.avatarengine.embedding.SentenceModel;
import org.avatarengine.graph.EmbeddedGraph;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Schema;
import org.avatarengine.memory.Feature;
import org.avatarengine.memory.Ranker;

/** Writes the bundled weights, learnt from all questions of LoCoMo. RecallBenchmark measures their quality. */
final class TrainRanker {
    private TrainRanker() {}

    /** @param args the folder of LoCoMo, and the file to write */
    public static void main(String[] args) throws IOException, InterruptedException {
        Ranker ranker;
        try (OnnxEncoder encoder = new OnnxEncoder(
                        SentenceModel.BGE_SMALL, Runtime.getRuntime().availableProcessors());
                Graph graph = EmbeddedGraph.open(Files.createTempDirectory("ranker"))) {
            Schema.migrate(graph);
            ranker = RankerTrainer.train(Locomo.load(Path.of(args[0]), graph).ask(encoder));
        }
        try (Writer out = Files.newBufferedWriter(Path.of(args[1]))) {
            out.write("# Written by org.avatarengine.training.TrainRanker.\n");
            for (Feature feature : Feature.values()) {
                out.write(String.format(Locale.ROOT, "%s=%.4f%n", feature, ranker.weights()[feature.ordinal()]));
            }
        }
    }
}
