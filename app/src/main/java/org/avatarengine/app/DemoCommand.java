package org.avatarengine.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.avatarengine.analysis.Analysis;
import org.avatarengine.analysis.Portrait;
import org.avatarengine.analysis.PortraitStore;
import org.avatarengine.analysis.SentenceVectors;
import org.avatarengine.demo.DemoLife;
import org.avatarengine.embedding.OnnxEncoder;
import org.avatarengine.embedding.SentenceModel;
import org.avatarengine.graph.EmbeddedGraph;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Schema;
import org.avatarengine.identity.HandleNormalizer;
import org.avatarengine.ingest.ImportReport;
import org.avatarengine.ingest.Ingest;
import org.avatarengine.memory.Facts;
import org.avatarengine.memory.Memory;
import org.avatarengine.memory.MemoryIndex;
import org.avatarengine.memory.Question;
import org.avatarengine.people.People;
import org.avatarengine.people.Person;
import org.avatarengine.persona.PersonaPrompt;
import org.avatarengine.source.Filter;
import org.avatarengine.source.Source;
import org.avatarengine.source.SourceException;
import org.avatarengine.source.imessage.ChatDbSource;
import org.avatarengine.text.VectorStore;
import picocli.CommandLine.Command;

@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Shows the whole way on an invented life: writes a Messages database as a Mac would, imports it,",
            "and shows the people, a profile and a persona prompt. Uses the folder \"demo\" in the data folder."
        })
final class DemoCommand extends AvatarCommand {
    private static final String SHOWN = "Maya Okafor";
    private static final String TOPIC = "gallery show";
    private static final int EXCHANGES = 4;

    /** What {@code --json} prints. */
    record Demo(
            Path folder, ImportReport imported, List<Person> people, Portrait profile, PersonaPrompt.Prompt prompt) {}

    @Override
    public Integer call() throws IOException, SQLException, SourceException, InterruptedException {
        if (common.graph != null) {
            throw new InputException("The demo keeps to its own folder and takes no --graph.");
        }
        PrintWriter out = out();
        Instant begin = Instant.now();
        Path folder = common.dataFolder().resolve("demo");
        clear(folder);
        DemoLife.Written life = DemoLife.write(folder.resolve("messages"));
        Display progress = common.display(err());
        HandleNormalizer normalizer = new HandleNormalizer("US");
        try (Interruption interruption = common.interruption();
                Graph graph = EmbeddedGraph.open(folder.resolve("graph"))) {
            Schema.migrate(graph);
            ImportReport report;
            try (Source source = ChatDbSource.open(
                    life.database(),
                    life.addressBook(),
                    folder.resolve("work"),
                    normalizer,
                    Filter.ALL,
                    Runtime.getRuntime().availableProcessors())) {
                report = new Ingest(graph, normalizer, progress, interruption::wanted).run(source);
            }
            progress.done();
            People people = new People(graph);
            ZoneId zone = ZoneId.of("America/New_York");
            Person shown = people.find(SHOWN);
            List<Portrait> portraits = analyze(graph, folder, zone, progress);
            Portrait portrait = portraits.stream()
                    .filter(p -> p.person().id().equals(shown.id()))
                    .findFirst()
                    .orElseThrow();
            Person partner = people.find("me");
            Question question = new Question(TOPIC, shown.id(), partner.id());
            PersonaPrompt.Prompt prompt;
            try (OnnxEncoder encoder = Memories.encoder()) {
                new MemoryIndex(graph, encoder).fill(progress, interruption::wanted);
                progress.done();
                prompt = new PersonaPrompt(graph, zone, portrait, partner, question)
                        .write(new PersonaPrompt.Material(
                                TOPIC,
                                new Memory(graph, encoder, Clock.system(zone)).recall(question, EXCHANGES),
                                List.of(),
                                new Facts(graph).about(question, EXCHANGES),
                                PromptCommand.TOKENS));
            }
            Demo demo = new Demo(folder, report, people.all(), portrait, prompt);
            if (common.json) {
                Json.print(out, demo);
            } else {
                print(out, demo, Duration.between(begin, Instant.now()));
            }
            return 0;
        }
    }

    private List<Portrait> analyze(Graph graph, Path folder, ZoneId zone, Display progress)
            throws InterruptedException {
        PortraitStore store = new PortraitStore(graph);
        try (VectorStore vectors = Portraits.vectors(folder);
                OnnxEncoder encoder = new OnnxEncoder(
                        SentenceModel.MINILM, Runtime.getRuntime().availableProcessors())) {
            SentenceVectors.fill(graph, encoder, vectors, progress, () -> false);
        }
        Analysis.Findings findings =
                Portraits.of(common, graph, folder, zone, store.candidates(1).all(), progress);
        store.store(findings, done -> {});
        return findings.portraits();
    }

    private void print(PrintWriter out, Demo demo, Duration took) {
        out.println("━━ Import");
        out.println();
        ImportCommand.print(out, demo.imported());
        out.println();
        out.println("━━ People");
        out.println();
        Table table = new Table("Name", ">Sent", ">Conversations", "First", "Last");
        demo.people().stream()
                .filter(p -> p.sent() > 0)
                .forEach(p -> table.row(
                        p.owner() ? p.name() + " (you)" : p.name(),
                        p.sent(),
                        p.conversations(),
                        PeopleCommand.day(p.first()),
                        PeopleCommand.day(p.last())));
        table.print(out);
        out.println();
        out.println("━━ Profile");
        out.println();
        PortraitText.print(out, demo.profile());
        out.println();
        out.println("━━ Prompt for an avatar of " + SHOWN + ", with Sam Rivera, on \"" + TOPIC + "\"");
        out.println();
        out.print(demo.prompt().text());
        out.println();
        out.printf(Locale.ROOT, "━━ Done in %.1f s. Look around:%n%n", took.toMillis() / 1000.0);
        String data = " --data " + demo.folder();
        for (String example : List.of(
                "avatar profile Leo",
                "avatar prompt \"Elena Rivera\" --topic lunch",
                "avatar stats",
                "avatar query \"MATCH (p:Person)-[:SENT]->(m:Message) RETURN p.name, count(m)\"")) {
            out.println("  ./" + example + data);
        }
        out.println();
        out.println("Then your own: ./avatar import");
        out.flush();
    }

    /** Starts from nothing, but only in a folder that an earlier demo made. */
    private static void clear(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            List<String> strangers = entries.map(p -> p.getFileName().toString())
                    .filter(name ->
                            !List.of("messages", "graph", "vectors", "work").contains(name))
                    .toList();
            if (!strangers.isEmpty()) {
                throw new InputException(folder + " holds files that are not the demo's, such as "
                        + strangers.getFirst() + ". Move them away or choose another folder with --data.");
            }
        }
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
