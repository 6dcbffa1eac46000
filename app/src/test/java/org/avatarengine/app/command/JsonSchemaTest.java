package org.avatarengine.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.avatarengine.app.command.CommandLineTest.avatar;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.avatarengine.app.command.CommandLineTest.Ran;
import org.avatarengine.app.print.Json;
import org.avatarengine.demo.DemoLife;
import org.avatarengine.graph.EmbeddedGraph;
import org.avatarengine.graph.Graph;
import org.avatarengine.speech.recording.SpeechModels;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What commands print with {@code --json} is described in {@code docs/json}, and is what is described there. Every run in
 * {@link CommandLineTest#avatar} is checked by {@link JsonOutputCheck}; this class runs every command that needs no
 * special preparation.
 */
class JsonSchemaTest {
    private static final Path INDEX = Path.of("../docs/json.md");
    private static final Path SCHEMAS = Path.of("../docs/json");

    /** The commands that take long, or need models, recordings, servers or keys, with the tests that run them with {@code --json}. */
    private static final Map<String, Class<?>> ELSEWHERE = Map.ofEntries(
            Map.entry("stats", CommandLineTest.class),
            Map.entry("profile", CommandLineTest.class),
            Map.entry("analyze", CommandLineTest.class),
            Map.entry("prompt", CommandLineTest.class),
            Map.entry("enrich", EnrichCommandTest.class),
            Map.entry("forget", ForgetTest.class),
            Map.entry("compact", ForgetTest.class),
            Map.entry("demo", ServeCommandTest.class),
            Map.entry("serve", ServeCommandTest.class),
            Map.entry("recall", CommandLineTest.class),
            Map.entry("ask", ChatCommandTest.class),
            Map.entry("reply", ChatCommandTest.class),
            Map.entry("chat", ChatCommandTest.class),
            Map.entry("evaluate", ChatCommandTest.class),
            Map.entry("config key", EnrichCommandTest.class),
            Map.entry("tokens reconcile", EnrichCommandTest.class),
            Map.entry("models add", JsonSchemaTest.class),
            Map.entry("models show", TrainCommandTest.class),
            Map.entry("models export", TrainCommandTest.class),
            Map.entry("models delete", TrainCommandTest.class),
            Map.entry("models audit", TrainCommandTest.class),
            Map.entry("import recording", RecordingsCommandTest.class),
            Map.entry("recordings show", RecordingsCommandTest.class),
            Map.entry("recordings relabel", RecordingsCommandTest.class),
            Map.entry("recordings export", RecordingsCommandTest.class),
            Map.entry("recordings delete", RecordingsCommandTest.class));

    @TempDir
    static Path shared;

    private static Path data;

    private static DemoLife.Written life;

    @BeforeAll
    static void importTheDemo() throws Exception {
        life = DemoLife.write(shared.resolve("life"));
        data = shared.resolve("data");
        importMessages();
    }

    private static void importMessages(Object... more) {
        run(Stream.concat(
                        Stream.of("import", "--db", life.database(), "--contacts", life.addressBook()), Stream.of(more))
                .toArray());
    }

    private static Ran run(Object... words) {
        Ran ran = avatar(Stream.concat(Stream.of(words), Stream.of("--json", "--data", data))
                .toArray());
        assertThat(ran.code()).as(List.of(words) + ": " + ran.err()).isZero();
        return ran;
    }

    /** To update the files: {@code mvn test -pl app -Dtest=JsonSchemaTest -Davatar.renew=true}. */
    @Test
    void theDocumentationMatchesTheCommands() throws IOException {
        Map<String, String> schemas = JsonPages.schemas();
        String index = JsonPages.index();
        if (Boolean.getBoolean("avatar.renew")) {
            Files.createDirectories(SCHEMAS);
            for (String old : files()) {
                Files.delete(SCHEMAS.resolve(old));
            }
            for (Map.Entry<String, String> schema : schemas.entrySet()) {
                Files.writeString(SCHEMAS.resolve(schema.getKey()), schema.getValue());
            }
            Files.writeString(INDEX, index);
        }
        String how = "The output of a command has changed. Update docs/json as described at this test.";
        assertThat(files()).as(how).containsExactlyElementsOf(schemas.keySet());
        for (Map.Entry<String, String> schema : schemas.entrySet()) {
            assertThat(SCHEMAS.resolve(schema.getKey())).as(how).hasContent(schema.getValue());
        }
        assertThat(INDEX).as(how).hasContent(index);
    }

    private static List<String> files() throws IOException {
        try (Stream<Path> all = Files.list(SCHEMAS)) {
            return all.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void everyCommandDeclaresWhatItPrints() {
        for (CommandSpec command : JsonSchemas.commands()) {
            assertThat(JsonSchemas.outputs(command))
                    .as(JsonSchemas.name(command))
                    .isNotEmpty();
            if (JsonSchemas.outputs(command).size() > 1) {
                assertThat(JsonSchemas.outputs(command))
                        .as(JsonSchemas.name(command))
                        .noneMatch(output -> output.when().isEmpty());
            }
        }
    }

    /** A method such as {@code isOld} of a record would become a field. */
    @Test
    void recordsPrintTheirComponentsOnly() {
        JsonSchemas schemas = new JsonSchemas(null);
        JsonSchemas.commands().forEach(schemas::of);
        assertThat(schemas.types()).hasSizeGreaterThan(60);
        for (Class<?> type : schemas.types()) {
            if (type.isRecord()) {
                assertThat(Stream.of(type.getDeclaredMethods())
                                .filter(JsonSchemaTest::isGetter)
                                .map(Method::getName))
                        .as(type.getName())
                        .isEmpty();
            }
        }
    }

    private static boolean isGetter(Method method) {
        return Modifier.isPublic(method.getModifiers())
                && !Modifier.isStatic(method.getModifiers())
                && method.getParameterCount() == 0
                && method.getName().matches("(?:get|is)[A-Z].*")
                && !method.isAnnotationPresent(JsonIgnore.class);
    }

    @Test
    void everyCommandPrintsWhatItsSchemaSays() throws Exception {
        run();
        run("completion");
        run("man");
        readsPeople();
        changesPeople();
        readsMessages();
        looksAtUsage();
        keepsData();
        Set<String> commands =
                JsonSchemas.commands().stream().map(JsonSchemas::name).collect(Collectors.toCollection(TreeSet::new));
        commands.removeAll(ELSEWHERE.keySet());
        commands.removeAll(JsonOutputCheck.checked());
        assertThat(commands)
                .as("commands whose output with --json no test checks")
                .isEmpty();
    }

    private static void readsPeople() {
        run("people");
        run("people", "dedupe", "--dry-run", "--review", "0.01", "--auto", "0.9");
        run("people", "nickname", "list", "me");
        run("people", "facts", "Leo");
        run("people", "exclude");
    }

    private static void changesPeople() {
        run("people", "merge", "Priya Nair", "Haddad Dental");
        run("people", "lookup", "Priya");
        run("people", "merges");
        run("people", "unmerge", "Haddad Dental");
        run("people", "never-merge", "Priya", "Zoe");
        run("people", "never-merge", "Priya", "Zoe", "--undo");
        run("people", "nickname", "add", "Zoe", "Zozo");
        run("people", "nickname", "remove", "Zoe", "Zozo");
        run("people", "consent", "Zoe");
    }

    private static void readsMessages() {
        run("query", "MATCH (m:Message) RETURN m, 0.00001 AS small, 1e10 AS large, sqrt(-1) AS none LIMIT 3");
        run(
                "query",
                "MATCH (p:Person)-[s:SENT]->(m:Message) RETURN p, s, date(m.sentAt) AS day, [1.5] AS list LIMIT 3");
        run("validate");
        run("audit");
    }

    private static void looksAtUsage() {
        for (String report : List.of("balance", "report", "summary", "sessions", "cleanup", "prices")) {
            run("tokens", report);
        }
        run("tokens");
        run("config");
        run("config", "show");
        run("config", "set", "limits.day_usd", "5");
        run("config", "check");
        run("doctor");
        run("models");
        run("models", "list");
        run("recordings");
        run("recordings", "list");
        run("recordings", "voices");
        try (Graph graph = EmbeddedGraph.open(data.resolve("graph"))) {
            graph.write(transaction -> transaction.run(
                    "MATCH (:Person {name: 'Maya Okafor'})-[:SENT]->(m:Message) WHERE m.text IS NOT NULL"
                            + " WITH m LIMIT 30 SET m:Utterance",
                    Map.of()));
        }
        run("recordings", "compare", "Maya");
    }

    private static void keepsData() throws IOException {
        importMessages("--diagnose");
        importMessages("--export", shared.resolve("all.jsonl"));
        run("export", shared.resolve("export"));
        run("people", "consent", "me");
        run("train", "me", "--export-data", shared.resolve("training"));
        run("engine");
        run("engine", "status");
        run("engine", "log");
        run("engine", "stop");
        run("doctor", "--repair", "--yes");
        Path secret = Files.writeString(shared.resolve("secret"), "a long passphrase");
        run("backup");
        String backup = run("backup", Files.createDirectories(shared.resolve("backups")), "--passphrase-file", secret)
                .json()
                .path("file")
                .asString();
        run("backup");
        run("restore", backup, "--replace", "--passphrase-file", secret);
        run("lock", "--passphrase-file", secret);
        run("unlock", "--passphrase-file", secret);
        run("reset", "--dry-run");
        run("reset", "--yes");
        assertThat(run("reset", "--yes").json().path("deleted")).isEmpty();
    }

    @Test
    void aCommandLineThatIsWrongPrintsOneLineAndNoJson() {
        for (List<String> wrong : List.of(
                List.of("people", "--jsn"),
                List.of("peple"),
                List.of("profile"),
                List.of("people", "nickname"),
                List.of("analyze", "--min-messages", "many"),
                List.of("models", "export", "m", "p", "--format", "zip"),
                List.of("profile", "Nobody Knows"),
                List.of("import", "--diagnose", "--export", "x"))) {
            List<Object> words = new ArrayList<>(List.of("--json", "--data", data));
            words.addAll(wrong);
            Ran ran = avatar(words.toArray());
            assertThat(ran.code()).as(wrong.toString()).isNotZero();
            assertThat(ran.out()).as(wrong.toString()).isEmpty();
            assertThat(ran.err().lines())
                    .as(wrong.toString())
                    .singleElement()
                    .asString()
                    .startsWith("avatar: ")
                    .doesNotContainIgnoringCase("picocli");
        }
    }

    /** A speech model is too large for a test, so only the record is checked. */
    @Test
    void anAddedSpeechModelIsPrintedAsItsSchemaSays() {
        JsonOutputCheck.check(
                List.of("models", "add", "whisper", "model.bin", "--json"),
                Json.text(new SpeechModels.Added(SpeechModels.Kind.WHISPER, "model", 1)));
    }

    @Test
    void numbersHaveNoExponent() {
        record Numbers(double tiny, float large, double[] several, BigDecimal zero, Double none) {}
        Numbers numbers = new Numbers(0.00001, 1e10f, new double[] {1e-7, 2.5}, new BigDecimal("0E-12"), Double.NaN);
        assertThat(Json.oneLine(numbers))
                .isEqualTo("{\"tiny\":0.00001,\"large\":10000000000,\"several\":[0.0000001,2.5],\"zero\":0,"
                        + "\"none\":null}");
    }
}
