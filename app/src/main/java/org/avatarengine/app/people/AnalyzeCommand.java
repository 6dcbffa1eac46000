package org.avatarengine.app.people;

import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.avatarengine.analysis.Analysis;
import org.avatarengine.analysis.Portrait;
import org.avatarengine.analysis.PortraitStore;
import org.avatarengine.analysis.SentenceVectors;
import org.avatarengine.app.print.Display;
import org.avatarengine.app.print.Json;
import org.avatarengine.app.print.JsonOutput;
import org.avatarengine.app.print.Quantities;
import org.avatarengine.app.print.ReaderLocale;
import org.avatarengine.app.services.GraphCommand;
import org.avatarengine.app.services.Interruption;
import org.avatarengine.embedding.OnnxEncoder;
import org.avatarengine.embedding.SentenceModel;
import org.avatarengine.graph.Graph;
import org.avatarengine.ingest.StoredWords;
import org.avatarengine.people.People;
import org.avatarengine.people.Person;
import org.avatarengine.vectors.VectorStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@JsonOutput(AnalyzeCommand.Result.class)
@Command(
        name = "analyze",
        mixinStandardHelpOptions = true,
        description = {
            "Analyzes people's style, emotions, topics and relationships.",
            "It stores the results in the graph as portraits. `avatar profile` shows them.",
            "Without names, it analyzes everybody with new messages since the last analysis."
        })
public final class AnalyzeCommand extends GraphCommand {
    @Parameters(
            paramLabel = "NAME",
            arity = "0..*",
            description = "Analyze only these people: names, addresses, or \"me\" for yourself.")
    List<String> names = List.of();

    @Option(
            names = "--min-messages",
            paramLabel = "N",
            defaultValue = "50",
            description = "Skip people who sent fewer than N messages. Default: ${DEFAULT-VALUE}.")
    long leastMessages;

    @Option(names = "--again", description = "Also analyze people without new messages.")
    boolean again;

    @Option(
            names = "--no-vectors",
            description = "Compute no new sentence vectors. This is much faster, but topics and emotions are less"
                    + " precise.")
    boolean noVectors;

    /** The output of {@code --json}. */
    record Result(int analyzed, int upToDate, int newVectors, double seconds) {}

    @Override
    protected int run(Graph graph) throws InterruptedException {
        long begin = System.nanoTime();
        Display progress = services().display(err());
        StoredWords.update(graph, progress);
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
        int computed = 0;
        List<Portrait> portraits = List.of();
        if (!wanted.isEmpty()) {
            try (Interruption interruption = services().interruption();
                    VectorStore vectors = Portraits.vectors(services().data().path())) {
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
                store.store(findings, done -> progress.at("storing portraits", done, count));
            } finally {
                progress.done();
            }
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        if (names.isEmpty() && candidates.all().isEmpty()) {
            err().println(nobody(new People(graph).all()));
        }
        if (options.json) {
            Json.print(out(), new Result(portraits.size(), upToDate, computed, seconds));
            return 0;
        }
        if (names.isEmpty() && candidates.all().isEmpty()) {
            return 0;
        }
        out().printf(
                        ReaderLocale.get(),
                        "Analyzed %,d people in %s%s%s.%n",
                        portraits.size(),
                        Quantities.duration(seconds),
                        computed > 0
                                ? String.format(ReaderLocale.get(), ", with %,d new sentence vectors", computed)
                                : "",
                        upToDate > 0
                                ? String.format(ReaderLocale.get(), "; %,d more had no new messages", upToDate)
                                : "");
        if (!portraits.isEmpty()) {
            out().println("Run `avatar profile \""
                    + portraits.getFirst().person().name() + "\"` to see a result.");
        }
        return 0;
    }

    /** Why nobody was analyzed, and how to change that. */
    private String nobody(List<Person> everybody) {
        long most = everybody.stream().mapToLong(Person::sent).max().orElse(0);
        return most == 0
                ? "There are no messages to analyze. Import some with `avatar import`."
                : String.format(
                        ReaderLocale.get(),
                        "Nobody was analyzed: nobody sent at least %,d messages. The most active person sent %,d. To"
                                + " analyze people with fewer messages, run `avatar analyze --min-messages %d`.",
                        leastMessages,
                        most,
                        most);
    }
}
