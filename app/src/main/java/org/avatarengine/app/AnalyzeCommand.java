package org.avatarengine.app;

import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.avatarengine.analysis.Analysis;
import org.avatarengine.analysis.Portrait;
import org.avatarengine.analysis.PortraitStore;
import org.avatarengine.analysis.SentenceVectors;
import org.avatarengine.embedding.OnnxEncoder;
import org.avatarengine.embedding.SentenceModel;
import org.avatarengine.graph.Graph;
import org.avatarengine.people.People;
import org.avatarengine.text.VectorStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "analyze",
        mixinStandardHelpOptions = true,
        description = {
            "Finds how people write, what they feel and talk about, when, and what they are to each other,",
            "and stores it in the graph. Without names: everybody with new messages since the last time."
        })
final class AnalyzeCommand extends GraphCommand {
    @Parameters(paramLabel = "NAME", arity = "0..*", description = "Only these people.")
    List<String> names = List.of();

    @Option(
            names = "--min-messages",
            paramLabel = "N",
            defaultValue = "50",
            description = "Leave out who sent fewer messages (default: ${DEFAULT-VALUE}).")
    long leastMessages;

    @Option(names = "--again", description = "Also those without new messages.")
    boolean again;

    @Option(
            names = "--no-vectors",
            description = "Compute no new sentence vectors: much faster, but topics and emotions know less.")
    boolean noVectors;

    /** What {@code --json} prints. */
    record Result(int analyzed, int upToDate, int newVectors, double seconds) {}

    @Override
    int run(Graph graph) throws InterruptedException {
        long begin = System.nanoTime();
        PortraitStore store = new PortraitStore(graph);
        PortraitStore.Candidates candidates = store.candidates(names.isEmpty() ? leastMessages : 1);
        Set<String> wanted = new LinkedHashSet<>();
        if (names.isEmpty()) {
            wanted.addAll(again ? candidates.all() : candidates.outdated());
        } else {
            People people = new People(graph);
            names.forEach(name -> wanted.add(people.find(name).id()));
        }
        int upToDate = names.isEmpty() ? candidates.all().size() - wanted.size() : 0;
        Display progress = common.display(err());
        int computed = 0;
        List<Portrait> portraits = List.of();
        if (!wanted.isEmpty()) {
            try (Interruption interruption = common.interruption();
                    VectorStore vectors = Portraits.vectors(common.dataFolder())) {
                if (!noVectors) {
                    try (OnnxEncoder encoder = new OnnxEncoder(
                            SentenceModel.MINILM, Runtime.getRuntime().availableProcessors())) {
                        computed = SentenceVectors.fill(graph, encoder, vectors, progress, interruption::wanted);
                    }
                }
                Analysis.Findings findings = new Analysis(
                                graph, ZoneId.systemDefault(), vectors::get, progress, interruption::wanted)
                        .of(wanted);
                portraits = findings.portraits();
                int count = portraits.size();
                store.store(findings, done -> progress.at("storing", done, count));
            } finally {
                progress.done();
            }
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        if (common.json) {
            Json.print(out(), new Result(portraits.size(), upToDate, computed, seconds));
            return 0;
        }
        out().printf(
                        Locale.ROOT,
                        "Analyzed %,d people in %.1f s%s%s.%n",
                        portraits.size(),
                        seconds,
                        computed > 0 ? String.format(Locale.ROOT, ", with %,d new sentence vectors", computed) : "",
                        upToDate > 0 ? String.format(Locale.ROOT, "; %,d had no new messages", upToDate) : "");
        if (!portraits.isEmpty()) {
            out().println("See one with: avatar profile \""
                    + portraits.getFirst().person().name() + "\"");
        }
        return 0;
    }
}
