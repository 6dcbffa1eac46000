package org.avatarengine.app.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.avatarengine.analysis.Analysis;
import org.avatarengine.analysis.Portrait;
import org.avatarengine.analysis.PortraitStore;
import org.avatarengine.analysis.SentenceVectors;
import org.avatarengine.app.data.ImportCommand;
import org.avatarengine.app.people.PortraitText;
import org.avatarengine.app.people.Portraits;
import org.avatarengine.app.print.Dates;
import org.avatarengine.app.print.Display;
import org.avatarengine.app.print.Json;
import org.avatarengine.app.print.JsonOutput;
import org.avatarengine.app.print.Quantities;
import org.avatarengine.app.print.ReaderLocale;
import org.avatarengine.app.print.Table;
import org.avatarengine.app.services.AvatarCommand;
import org.avatarengine.app.services.DataUse;
import org.avatarengine.app.services.InputException;
import org.avatarengine.app.services.Interruption;
import org.avatarengine.app.talk.Memories;
import org.avatarengine.app.talk.PromptCommand;
import org.avatarengine.demo.DemoLife;
import org.avatarengine.embedding.OnnxEncoder;
import org.avatarengine.embedding.SentenceModel;
import org.avatarengine.files.FileTree;
import org.avatarengine.graph.EmbeddedGraph;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Schema;
import org.avatarengine.identity.HandleNormalizer;
import org.avatarengine.ingest.ImportReport;
import org.avatarengine.ingest.Ingest;
import org.avatarengine.memory.Facts;
import org.avatarengine.memory.Memory;
import org.avatarengine.memory.MemoryIndex;
import org.avatarengine.memory.RecallQuery;
import org.avatarengine.people.People;
import org.avatarengine.people.Person;
import org.avatarengine.persona.PersonaPrompt;
import org.avatarengine.source.Filter;
import org.avatarengine.source.Source;
import org.avatarengine.source.SourceException;
import org.avatarengine.source.imessage.ChatDbSource;
import org.avatarengine.vault.DataFolder;
import org.avatarengine.vault.DataFolder.Content;
import org.avatarengine.vault.Ownership;
import org.avatarengine.vectors.SentenceEncoder;
import org.avatarengine.vectors.VectorStore;
import picocli.CommandLine.Command;

@JsonOutput(DemoCommand.Demo.class)
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Shows what the program does, using invented messages.",
            "It writes a Messages database like that of a Mac, imports it, and shows the people, a profile and a"
                    + " persona prompt.",
            "Its data is in the folder \"demo\" in the data folder. Your own data is not changed."
        })
public final class DemoCommand extends AvatarCommand {
    @Override
    public DataUse dataUse(String name) {
        return DataUse.STORES;
    }

    private static final String SHOWN = "Maya Okafor";
    private static final String TOPIC = "gallery show";
    private static final int EXCHANGES = 4;

    /** The output of {@code --json}. */
    record Demo(
            Path folder, ImportReport imported, List<Person> people, Portrait profile, PersonaPrompt.Prompt prompt) {}

    @Override
    public Integer call() throws IOException, SQLException, SourceException, InterruptedException {
        if (options.graph != null) {
            throw new InputException("`avatar demo` uses its own graph. Run it without --graph.");
        }
        PrintWriter out = out();
        Instant begin = Instant.now();
        Path folder = services().data().at(Content.DEMO);
        clear(new DataFolder(folder));
        DemoLife.Written life = DemoLife.write(folder.resolve("messages"));
        Display progress = services().display(err());
        HandleNormalizer normalizer = new HandleNormalizer("US");
        try (Interruption interruption = services().interruption();
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
            RecallQuery question = new RecallQuery(TOPIC, shown.id(), partner.id());
            PersonaPrompt.Prompt prompt;
            try (SentenceEncoder encoder = Memories.encoder(context)) {
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
            if (options.json) {
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
                SentenceEncoder encoder = new OnnxEncoder(
                        SentenceModel.MINILM, Runtime.getRuntime().availableProcessors())) {
            SentenceVectors.fill(graph, encoder, vectors, progress, () -> false);
        }
        Analysis.Findings findings = Portraits.of(
                services(), graph, folder, zone, store.candidates(1).all(), progress);
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
                        Dates.day(p.first()),
                        Dates.day(p.last())));
        table.print(out);
        out.println();
        out.println("━━ Profile");
        out.println();
        PortraitText.print(out, demo.profile());
        out.println();
        out.println("━━ Persona prompt of " + SHOWN + ", in conversation with Sam Rivera about \"" + TOPIC + "\"");
        out.println();
        out.print(demo.prompt().text());
        out.println();
        out.printf(
                ReaderLocale.get(),
                "━━ Done in %s. Try these next:%n%n",
                Quantities.duration(took.toMillis() / 1000.0));
        String data = " --data " + demo.folder();
        for (String example : List.of(
                "avatar profile Leo",
                "avatar prompt \"Elena Rivera\" --topic lunch",
                "avatar stats",
                "avatar query \"MATCH (p:Person)-[:SENT]->(m:Message) RETURN p.name, count(m)\"")) {
            out.println("  ./" + example + data);
        }
        out.println();
        out.println("Then import your own messages:");
        out.println();
        out.println("  ./avatar import");
        out.flush();
    }

    /** Deletes the data of an earlier demo, but nothing in a folder that holds other files. */
    private static void clear(DataFolder demo) throws IOException {
        Ownership ownership = new Ownership(demo);
        List<String> foreign = ownership.foreign();
        if (!foreign.isEmpty()) {
            throw new InputException(demo.path() + " holds files that are not from the demo, such as "
                    + foreign.getFirst() + ". Move them away, or choose another folder with --data.");
        }
        FileTree.delete(demo.path());
        ownership.claim(Clock.systemUTC());
    }
}
