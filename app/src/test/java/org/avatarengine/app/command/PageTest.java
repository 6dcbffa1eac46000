package org.avatarengine.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.avatarengine.emotion.Emotion;
import org.avatarengine.graph.EmbeddedGraph;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Mutations;
import org.avatarengine.graph.NodeLabel;
import org.avatarengine.speech.Span;
import org.avatarengine.speech.diarization.SpeakerTurn;
import org.avatarengine.speech.media.MediaInfo;
import org.avatarengine.speech.recording.Recording;
import org.avatarengine.speech.recording.RecordingGraph;
import org.avatarengine.speech.recording.RecordingStore;
import org.avatarengine.speech.recording.Utterance;
import org.avatarengine.speech.transcription.Word;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tests the page in a real browser: runs web/tests, which control a headless Chromium, against {@code avatar serve}. The
 * data is the demo's, with hostile messages, facts, a likely duplicate and a recording added.
 */
class PageTest {
    private static final Path WEB = Path.of("../web").toAbsolutePath().normalize();

    /** Messages and a name with markup and scripts that would run if the page did not escape them. */
    private static final String HOSTILE = """
            conversation,sender,sender_name,sent_at,text,id,from_me
            hostile,+12125559999,"<img src=x onerror=window.hacked=1>",2025-01-01T10:00:00Z,"zzhostile <script>window.hacked=1</script>",1,false
            hostile,+12125559999,"<img src=x onerror=window.hacked=1>",2025-01-01T10:01:00Z,"zzhostile ""><svg/onload=window.hacked=1>",2,false
            hostile,+12125559999,"<img src=x onerror=window.hacked=1>",2025-01-01T10:02:00Z,"zzhostile javascript:window.hacked=1 {{constructor}} ${1}",3,false
            hostile,,,2025-01-01T10:03:00Z,"well well",4,true
            """;

    /** Facts about Maya as an enrichment stores them. Leo says something else about where she lives. */
    private static final String FACTS = """
            MATCH (maya:Person {name: 'Maya Okafor'}), (leo:Person {name: 'Leo Rivera'})
            CREATE (maya)-[:HAS_ENRICHMENT]->(e:Enrichment {id: maya.id + ':summary', kind: 'SUMMARY', json: '{}',
                model: 'claude-sonnet-5-5', at: datetime('2025-06-01T09:00:00Z'), messages: 10, available: 10})
            WITH maya, leo, e
            UNWIND [[maya, 'Maya', 'lives in', 'Lisbon', '2024-03', 0.9], [maya, 'Maya', 'works at', 'a museum', null, 0.8],
                    [maya, 'Maya', 'is allergic to', 'peanuts', null, 0.7], [maya, 'Maya', 'plays', 'the cello', '2019', 0.6],
                    [leo, 'Maya', 'lives in', 'Faro', null, 0.5]] AS f
            WITH e, f, f[0] AS p, COLLECT { MATCH (m:Message)<-[:SENT]-(x) WHERE x = f[0] AND m.text IS NOT NULL
                                            RETURN m ORDER BY m.sentAt LIMIT 2 } AS messages
            CREATE (p)<-[:LEARNT_FROM]-(s:Fact {id: p.id + ':summary#' + f[3], subject: f[1], predicate: f[2],
                object: f[3], key: toLower(f[1] + '|' + f[2] + '|' + f[3]), validFrom: f[4], confidence: f[5]})
            CREATE (e)-[:STATES]->(s)
            FOREACH (m IN messages | CREATE (s)-[:SHOWN_BY]->(m))""";

    @TempDir
    static Path folder;

    private static Process server;
    private static String page = "";

    @BeforeAll
    static void serve() throws Exception {
        assumeTrue(Files.isDirectory(WEB.resolve("node_modules/playwright-core")), "web/ has not been built with npm");
        assumeTrue(
                chromium().isPresent(),
                "Chromium was not found. Install it (apt-get install chromium) to test the page");
        run("demo", "--data", folder);
        Path data = folder.resolve("demo");
        Path hostile = Files.writeString(folder.resolve("hostile.csv"), HOSTILE);
        run("import", "--db", hostile, "--data", data);
        run("people", "consent", "Maya Okafor", "--data", data);
        try (Graph graph = EmbeddedGraph.open(data.resolve("graph"))) {
            Mutations people = new Mutations();
            person(people, "bob1", "Robert Castellanos", "+14155550177");
            person(people, "bob2", "Bob Castellanos", "4155550177");
            graph.write(t -> t.apply(people));
            graph.write(t -> t.run(FACTS, Map.of()));
            record(new RecordingStore(data.resolve("recordings")), graph);
        }
        server = AvatarProcess.start(Map.of(), "serve", "--data", data, "--port", "0", "--json", "--no-open");
        BufferedReader out = new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
        page = new JsonMapper().readTree(out.readLine()).path("page").asString();
    }

    @AfterAll
    static void end() throws Exception {
        if (server != null) {
            server.destroy();
            assertThat(server.waitFor(60, TimeUnit.SECONDS))
                    .as("the server stops on SIGTERM")
                    .isTrue();
        }
    }

    @TestFactory
    Stream<DynamicTest> inTheBrowser() throws Exception {
        List<Path> files;
        try (Stream<Path> all = Files.list(WEB.resolve("tests"))) {
            files = all.filter(file -> file.toString().endsWith(".test.mjs"))
                    .sorted()
                    .toList();
        }
        return files.stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> inBrowser(file)));
    }

    private static void inBrowser(Path file) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("node", "--test", "--test-reporter=spec", file.toString())
                .directory(WEB.toFile())
                .redirectErrorStream(true);
        builder.environment().put("AVATAR_PAGE", page);
        builder.environment().put("AVATAR_CHROMIUM", chromium().orElseThrow().toString());
        Process node = builder.start();
        String said = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(node.waitFor()).as(said).isZero();
    }

    private static Optional<Path> chromium() {
        String given = System.getenv("AVATAR_CHROMIUM");
        return Stream.of(
                        given == null ? "" : given,
                        "/usr/bin/chromium",
                        "/usr/bin/chromium-browser",
                        "/usr/bin/google-chrome",
                        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
                .filter(name -> !name.isEmpty())
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static void run(Object... args) {
        StringWriter err = new StringWriter();
        int code = Main.run(
                new PrintWriter(new StringWriter()),
                new PrintWriter(err),
                Stream.of(args).map(Object::toString).toArray(String[]::new));
        assertThat(code).as(err.toString()).isZero();
    }

    private static void person(Mutations mutations, String id, String name, String handle) {
        mutations
                .node(NodeLabel.PERSON, id)
                .put("name", name)
                .put("owner", false)
                .put("addresses", List.of(handle));
    }

    /** Stores a recording: ten seconds of a tone, with a made-up transcript of two speakers. */
    private static void record(RecordingStore store, Graph graph) throws Exception {
        List<Utterance> said = new ArrayList<>();
        said.add(utterance(0, "Speaker 1", 1, "shall we go to the lake on sunday"));
        said.add(utterance(1, "Speaker 2", 6, "yes if it does not rain"));
        String digest = "0123456789abcdef".repeat(4);
        Recording recording = new Recording(
                digest.substring(0, 16),
                "at the table.wav",
                digest,
                "original.wav",
                Instant.parse("2025-03-01T18:00:00Z"),
                10,
                new MediaInfo("wav", 10, null, List.of(), null),
                "made up",
                "made up",
                "en",
                said.stream().map(u -> new SpeakerTurn(u.speaker(), u.span())).toList(),
                said,
                new TreeMap<>(),
                List.of());
        Files.createDirectories(store.folder(recording.id()));
        byte[] tone = new byte[16_000 * 2 * 10];
        for (int i = 0; i < tone.length / 2; i++) {
            tone[2 * i + 1] = (byte) (40 * Math.sin(i * 0.1));
        }
        AudioSystem.write(
                new AudioInputStream(
                        new java.io.ByteArrayInputStream(tone),
                        new AudioFormat(16_000, 16, 1, true, false),
                        tone.length / 2),
                AudioFileFormat.Type.WAVE,
                store.folder(recording.id()).resolve("original.wav").toFile());
        store.save(recording);
        new RecordingGraph(graph).store(recording, List.of());
    }

    private static Utterance utterance(int number, String speaker, double start, String text) {
        List<Word> words = new ArrayList<>();
        double at = start;
        for (String word : text.split(" ")) {
            words.add(new Word(word, new Span(at, at + 0.5), 0.9));
            at += 0.5;
        }
        return new Utterance(
                number, speaker, new Span(start, at), words, Emotion.NEUTRAL, new Utterance.Voice(120, 2, -20, 0));
    }
}
