package org.avatarengine.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.avatarengine.app.services.ExecutionContext;
import org.avatarengine.demo.DemoLife;
import org.avatarengine.graph.EmbeddedGraph;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Mutations;
import org.avatarengine.graph.NodeLabel;
import org.avatarengine.graph.Schema;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs commands as a user does, on the data of the demo. */
class CommandLineTest {
    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private static Path data;
    private static Ran demo;

    record Ran(int code, String out, String err) {
        JsonNode json() {
            return new JsonMapper().readTree(out);
        }
    }

    static Ran avatar(Object... args) {
        return avatarWith(System.getenv(), args);
    }

    /** Runs a command in this process with other environment variables. Its output with --json is checked. */
    static Ran avatarWith(Map<String, String> environment, Object... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] words = java.util.Arrays.stream(args).map(String::valueOf).toArray(String[]::new);
        int code = Main.run(
                new ExecutionContext.OwnProcess(Main::run, environment),
                new PrintWriter(out),
                new PrintWriter(err),
                words);
        if (code == 0 || !out.toString().isBlank()) {
            JsonOutputCheck.check(List.of(words), out.toString());
        }
        return new Ran(code, out.toString(), err.toString());
    }

    @BeforeAll
    static void runTheDemo() {
        demo = avatar("demo", "--data", shared);
        data = shared.resolve("demo");
    }

    @Test
    void theDemoShowsPeopleAProfileAndAPrompt() {
        assertThat(demo.code()).as(demo.err()).isZero();
        assertThat(demo.out())
                .contains("2,308 new messages")
                .contains("Sam Rivera (you)", "Maya Okafor", "Walter Rivera")
                .contains("Median reply")
                .contains("You are an avatar of Maya Okafor, speaking with Sam Rivera")
                .contains("# What was said about gallery show");
    }

    @Test
    void theDemoClearsOnlyItsOwnFolder() throws Exception {
        avatar("config", "set", "limits.day_usd", "5", "--data", folder);
        Path mine = Files.createDirectories(folder.resolve("demo")).resolve("thesis.txt");
        Files.writeString(mine, "years of work");
        Ran ran = avatar("demo", "--data", folder);
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("holds files that are not from the demo, such as thesis.txt");
        assertThat(mine).exists();
    }

    @Test
    void peopleAreListed() {
        Ran text = avatar("people", "--data", data);
        assertThat(text.out().lines().limit(3).toList().get(2)).startsWith("Sam Rivera (you)");
        JsonNode people = avatar("people", "--data", data, "--json").json();
        assertThat(people.size()).isEqualTo(12);
        assertThat(people.get(1).path("name").asString()).isEqualTo("Maya Okafor");
        assertThat(people.get(1).path("sent").asLong()).isEqualTo(338);
    }

    @Test
    void aProfileIsShown() {
        Ran text = avatar("profile", "grandpa", "--data", data);
        assertThat(text.out()).contains("Walter Rivera", "Phrases", "yours grandpa walter");
        JsonNode profile = avatar("profile", "leo", "--data", data, "--json").json();
        assertThat(profile.path("rhythm").path("figures").path("weekHours").size())
                .isEqualTo(168);
        assertThat(profile.path("language").path("messages").asLong()).isPositive();
        JsonNode withSam = avatar("profile", "leo", "--with", "me", "--data", data, "--json")
                .json();
        assertThat(withSam.path("partner").path("name").asString()).isEqualTo("Sam Rivera");
        assertThat(withSam.path("relationship")
                        .path("verdict")
                        .path("roleOfOne")
                        .asString())
                .isEqualTo("brother");
        assertThat(avatar("profile", "leo", "--with", "me", "--data", data).out())
                .contains("Relationship", "likely family (sibling), confidence ");
    }

    @Test
    void aReportIsOnePageThatLoadsNothing() throws Exception {
        Path page = folder.resolve("maya.html");
        Ran ran = avatar("profile", "Maya", "--report", page, "--data", data);
        assertThat(ran.code()).as(ran.err()).isZero();
        String html = Files.readString(page);
        assertThat(html)
                .startsWith("<!doctype html>")
                .endsWith("</html>\n")
                .contains("Maya Okafor", "<svg", "romantic (partner)");
        assertThat(html).doesNotContain("src=", "href=", "<script", "url(");
        assertThat(html.split("<svg", -1)).hasSameSizeAs(html.split("</svg>", -1));
    }

    @Test
    void onlyPeopleWithNewMessagesAreAnalyzedAgain() {
        Ran again = avatar("analyze", "--min-messages", "1", "--data", data, "--json");
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(again.json().path("analyzed").asInt()).isZero();
        assertThat(again.json().path("upToDate").asInt()).isEqualTo(12);
        Ran one = avatar("analyze", "maya", "--no-vectors", "--data", data, "--json");
        assertThat(one.json().path("analyzed").asInt()).isEqualTo(1);
        JsonNode stored = avatar(
                        "query",
                        "MATCH (:Person {name: 'Maya Okafor'})-[:PREFERS_TOPIC]->(t:TopicPreference) RETURN t.label AS label",
                        "--data",
                        data,
                        "--json")
                .json();
        assertThat(stored.size()).as("topics need sentence vectors").isPositive();
    }

    @Test
    void peopleAreMergedLookedUpAndUnmerged() {
        Ran merged = avatar("people", "merge", "Priya Nair", "Haddad Dental", "--data", data);
        assertThat(merged.code()).as(merged.err()).isZero();
        assertThat(merged.out()).contains("is now part of Priya Nair", "avatar people unmerge");
        assertThat(avatar("people", "merges", "--data", data).out()).contains("Haddad Dental", "by hand");
        assertThat(avatar("people", "lookup", "priya", "--data", data).out()).contains("merged from", "Haddad Dental");
        assertThat(avatar("people", "unmerge", "Haddad Dental", "--data", data).out())
                .contains("is a separate person again");
        Ran twice = avatar("people", "unmerge", "Haddad Dental", "--data", data);
        assertThat(twice.code()).isEqualTo(1);
        assertThat(twice.err()).contains("No merge of \"Haddad Dental\" is stored");
        assertThat(avatar("people", "never-merge", "Priya", "Zoe", "--data", data)
                        .out())
                .contains("are never merged");
        assertThat(avatar("people", "merge", "Priya", "Zoe", "--data", data).err())
                .contains("marked as different people");
        assertThat(avatar("people", "never-merge", "Priya", "Zoe", "--undo", "--data", data)
                        .code())
                .isZero();
        assertThat(avatar("people", "dedupe", "--data", data).out()).contains("No likely duplicates.");
        assertThat(avatar("people", "dedupe", "--auto", "0.1", "--data", data).err())
                .contains("--review must be");
    }

    @Test
    void dedupeMergesSureDuplicatesAndAsksAboutTheOthers() {
        try (Graph graph = EmbeddedGraph.open(folder.resolve("graph"))) {
            Schema.migrate(graph);
            Mutations m = new Mutations();
            person(m, "bob1", "Robert Castellanos", "+14155550177");
            person(m, "bob2", "Bob Castellanos", "4155550177");
            m.node(NodeLabel.PERSON, "nameless").put("owner", false).put("addresses", List.of("ann.vogt@example.net"));
            person(m, "ann", "Ann Vogt", "+4930123456");
            graph.write(t -> t.apply(m));
        }
        Ran dry = avatar("people", "dedupe", "--dry-run", "--data", folder);
        assertThat(dry.out())
                .contains("Would merge", "short form", "duplicates to review", "ann.vogt@example.net = Ann Vogt");
        InputStream stdin = System.in;
        try {
            System.setIn(new ByteArrayInputStream("v\n".getBytes(StandardCharsets.UTF_8)));
            Ran asked = avatar("people", "dedupe", "--interactive", "--data", folder);
            assertThat(asked.code()).as(asked.err()).isZero();
            assertThat(asked.out()).contains("Merged", "The same person? [y]es");
        } finally {
            System.setIn(stdin);
        }
        Ran merges = avatar("people", "merges", "--data", folder);
        assertThat(merges.out())
                .contains("fellegi-sunter-1", "phone number: same except for the prefix", "never merged");
        assertThat(avatar("people", "dedupe", "--data", folder).out()).contains("No likely duplicates.");
    }

    private static void person(Mutations m, String id, String name, String address) {
        m.node(NodeLabel.PERSON, id).put("owner", false).put("name", name).put("addresses", List.of(address));
    }

    @Test
    void nicknamesAreAddedAndRemoved() {
        assertThat(avatar("people", "nickname", "add", "Zoe", "Zozo", "--data", data)
                        .out())
                .contains("Zozo", "by hand");
        assertThat(avatar("people", "lookup", "zozo", "--data", data).out()).startsWith("Zoe Lin");
        assertThat(avatar("people", "nickname", "remove", "Zoe", "zozo", "--data", data)
                        .code())
                .isZero();
        assertThat(avatar("people", "nickname", "remove", "Zoe", "zozo", "--data", data)
                        .err())
                .contains("has no nickname");
        assertThat(avatar("people", "nickname", "list", "me", "--data", data, "--json")
                        .json()
                        .size())
                .isPositive();
    }

    @Test
    void recallAnswersAQuestion() {
        JsonNode recalled = avatar("recall", "Elena", "when are we having lunch?", "--data", data, "--json")
                .json();
        assertThat(recalled.size()).isBetween(1, 5);
        assertThat(recalled.get(0).get("lines").toString()).containsIgnoringCase("lunch");
        assertThat(avatar("recall", "Sam", "lunch", "--data", data).err())
                .contains("You can't chat as yourself. Use --as NAME");
    }

    @Test
    void aPromptIsWritten() {
        JsonNode prompt = avatar("prompt", "Elena", "--with", "me", "--topic", "lunch", "--data", data, "--json")
                .json();
        assertThat(prompt.path("text").asString()).contains("Elena Rivera: ").contains("lunch");
        assertThat(prompt.path("messageIds").size()).isPositive();
        assertThat(avatar("prompt", "Sam", "--with", "me", "--data", data).err())
                .contains("You can't chat as yourself. Use --with NAME");
    }

    @Test
    void statsCountTheGraph() {
        Ran text = avatar("stats", "--data", data);
        assertThat(text.out()).contains("Messages", "2,308", "Largest conversations", "IMESSAGE");
        JsonNode stats = avatar("stats", "--data", data, "--json").json();
        assertThat(stats.path("messagesByYear").get(0).path("name").asString()).isEqualTo("2023");
    }

    @Test
    void aQueryReadsTheGraphButCannotChangeIt() {
        Ran text = avatar("query", "MATCH (p:Person) WHERE p.nickname = 'Tom' RETURN p.name AS name", "--data", data);
        assertThat(text.out()).contains("Tomás Becker");
        JsonNode rows = avatar(
                        "query",
                        "MATCH (p:Person {name: $name}) RETURN p",
                        "--param",
                        "name=Zoe Lin",
                        "--data",
                        data,
                        "--json")
                .json();
        assertThat(rows.get(0).path("p").path("familyName").asString()).isEqualTo("Lin");
        Ran write = avatar("query", "MATCH (n) DETACH DELETE n", "--data", data);
        assertThat(write.code()).isEqualTo(1);
        assertThat(write.err())
                .isEqualToIgnoringNewLines(
                        "avatar: This statement would change the graph. Only reading is allowed here.");
    }

    @Test
    void anExportCanBeImportedElsewhere() {
        Path messages = data.resolve("messages");
        Path file = folder.resolve("all.jsonl");
        Ran export = avatar(
                "import", "--db", messages, "--contacts", messages, "--export", file, "--data", folder, "--json");
        assertThat(export.json().path("events").asLong()).isGreaterThan(2400);
        Path elsewhere = folder.resolve("elsewhere");
        Ran again = avatar("import", "--db", file, "--data", elsewhere, "--json");
        assertThat(again.json().path("newMessages").asLong()).isEqualTo(2308);
        assertThat(avatar("import", "--db", file, "--data", elsewhere).out()).contains("0 new messages");
    }

    @Test
    void aLaterImportReadsTimesInTheSameZone() throws Exception {
        String rows = "conversation,sender,sent_at,text\ntrip,Sam,2024-05-01 09:00,hi\n";
        Path file = Files.writeString(folder.resolve("t.csv"), rows);
        Path data = folder.resolve("zoned");
        avatar("import", file, "--me", "Sam", "--zone", "Asia/Tokyo", "--data", data);
        Path longer = Files.writeString(folder.resolve("u.csv"), rows + "trip,Sam,2024-05-01 10:00,there\n");
        Ran second = avatar("import", longer, "--me", "Sam", "--data", data);
        assertThat(second.code()).as(second.err()).isZero();
        assertThat(second.err()).contains("Asia/Tokyo", "--zone");
        assertThat(second.out()).contains("1 new messages");
        String times = avatar("query", "MATCH (m:Message) RETURN toString(m.sentAt) AS at ORDER BY at", "--data", data)
                .out();
        assertThat(times).contains("2024-05-01T00:00:00Z", "2024-05-01T01:00:00Z");
    }

    @Test
    void anExistingFileIsReplacedOnRequestOnly() throws Exception {
        Path messages = data.resolve("messages");
        Path page = Files.writeString(folder.resolve("report.html"), "mine");
        Path lines = Files.writeString(folder.resolve("all.jsonl"), "mine");
        List<List<Object>> commands = List.of(
                List.of("profile", "Maya", "--report", page, "--data", data),
                List.of("import", "--db", messages, "--contacts", messages, "--export", lines, "--data", data));
        for (List<Object> command : commands) {
            Ran refused = avatar(command.toArray());
            assertThat(refused.code()).isEqualTo(1);
            assertThat(refused.err()).contains("already exists. Add --force to replace it");
        }
        assertThat(page).hasContent("mine");
        assertThat(lines).hasContent("mine");
        for (List<Object> command : commands) {
            Ran forced =
                    avatar(Stream.concat(command.stream(), Stream.of("--force")).toArray());
            assertThat(forced.code()).as(forced.err()).isZero();
        }
        assertThat(Files.readString(page)).startsWith("<!doctype html>");
        assertThat(Files.readString(lines)).contains("\"type\"");
    }

    /** Numbers and dates for people are in their locale; output for programs is not. */
    @Test
    void numbersAndDatesAreInTheReadersLocale() {
        Locale before = Locale.getDefault(Locale.Category.FORMAT);
        try {
            Locale.setDefault(Locale.Category.FORMAT, Locale.GERMANY);
            assertThat(avatar("stats", "--data", data).out())
                    .contains("2.308", "28.08.2025")
                    .doesNotContain("2,308");
            assertThat(avatar("stats", "--json", "--data", data).out())
                    .contains("2308")
                    .doesNotContain("2.308");
        } finally {
            Locale.setDefault(Locale.Category.FORMAT, before);
        }
    }

    @Test
    void anAnonymizedImportStoresNoAddress() throws Exception {
        Path messages = data.resolve("messages");
        Ran ran = avatar("import", "--db", messages, "--contacts", messages, "--anonymize", "--data", folder);
        assertThat(ran.code()).as(ran.err()).isZero();
        String everything = avatar("query", "MATCH (n) RETURN n", "--data", folder, "--json")
                .out();
        assertThat(everything).contains("anon-", "name-").doesNotContain("12125550", "@example.com", "Okafor");
        Path key = folder.resolve("anonymize.key");
        assertThat(Files.readAllBytes(key)).hasSize(32);
        assertThat(Files.getPosixFilePermissions(key)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void aDiagnosisCountsWithoutStoring() {
        Path messages = data.resolve("messages");
        JsonNode report = avatar("import", "--db", messages, "--diagnose", "--data", folder, "--json")
                .json();
        assertThat(report.path("messages").asLong()).isEqualTo(2308);
        assertThat(report.path("recentlyDeleted").asLong()).isEqualTo(8);
        assertThat(report.path("attachments").asLong()).isPositive();
        assertThat(report.path("attachmentsMissing")).isEqualTo(report.path("attachments"));
        assertThat(folder.resolve("graph")).doesNotExist();
        assertThat(avatar("import", "--db", messages, "--diagnose", "--data", folder)
                        .out())
                .contains("messages in no conversation");
    }

    @Test
    void badInputPrintsOneLine() throws Exception {
        Path notes = Files.writeString(folder.resolve("notes.db"), "no database ".repeat(500), StandardCharsets.UTF_8);
        for (List<Object> wrong : List.<List<Object>>of(
                List.of("import", "--db", notes),
                List.of("import", "--db", folder.resolve("missing.db")),
                List.of("import", "--db", folder),
                List.of("import", "--db", data.resolve("messages"), "--since", "last week"),
                List.of("import", "--db", data.resolve("messages"), "--region", "Atlantis"),
                List.of("import", "--db", data.resolve("messages"), "--limit", "0"),
                List.of("import", "--db", data.resolve("messages"), "--chat", "nobody at all"),
                List.of("import", "--db", data.resolve("messages"), "--diagnose", "--export", "x"),
                List.of("people", "--graph", "bolt://127.0.0.1:1"),
                List.of("people", "--graph", "not an address"))) {
            List<Object> args = new java.util.ArrayList<>(wrong);
            args.addAll(List.of("--data", folder.resolve("own")));
            Ran ran = avatar(args.toArray());
            assertThat(ran.code()).as(wrong.toString()).isEqualTo(1);
            assertThat(ran.err()
                            .lines()
                            .filter(line -> !line.startsWith("importing"))
                            .toList())
                    .as(wrong.toString())
                    .singleElement()
                    .asString()
                    .startsWith("avatar: ")
                    .doesNotContain("Exception");
            assertThat(ran.out()).isEmpty();
        }
    }

    @Test
    void debugPrintsAStackTrace() {
        Ran ran = avatar("import", "--db", folder.resolve("missing.db"), "--debug", "--data", folder);
        assertThat(ran.err()).contains("SourceException").contains("\tat org.avatarengine");
    }

    @Test
    void aWrongCommandLineHasExitCodeTwo() {
        Ran ran = avatar("import", "--colour", "blue");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("Unknown option", "--colour");
    }

    @Test
    void aWrongCommandLineIsExplainedInOneLine() {
        record Wrong(List<String> command, String expected) {}
        for (Wrong wrong : List.of(
                new Wrong(List.of("people", "--jsn"), "Did you mean --json"),
                new Wrong(List.of("peple"), "Did you mean people"),
                new Wrong(List.of("analyze", "--min-messages", "many"), "'many' is not a whole number"),
                new Wrong(List.of("models", "export", "m", "p", "--format", "zip"), "none of safetensors, gguf"),
                new Wrong(List.of("profile"), "NAME"))) {
            Ran ran = avatar(Stream.concat(wrong.command.stream(), Stream.of("--data", String.valueOf(data)))
                    .toArray());
            assertThat(ran.code()).as(ran.err()).isEqualTo(2);
            assertThat(ran.err().lines()).as(ran.err()).hasSize(1);
            assertThat(ran.err())
                    .startsWith("avatar: ")
                    .contains(wrong.expected)
                    .contains("--help`");
        }
    }

    @Test
    void pricesAreReplacedByAValidFileOnly() throws Exception {
        Path zoned = folder.resolve("prices-data");
        Path bad = Files.writeString(folder.resolve("bad.json"), "{}");
        assertThat(avatar("tokens", "prices", "--update", bad, "--data", zoned).code())
                .isEqualTo(1);
        assertThat(zoned.resolve("prices.json")).doesNotExist();
        Path list = Files.writeString(
                folder.resolve("list.json"),
                avatar("tokens", "prices", "--json", "--data", zoned)
                        .out()
                        .replace("\"checked\" : \"2026", "\"checked\" : \"2020"));
        assertThat(avatar("tokens", "prices", "--update", list, "--data", zoned).code())
                .isZero();
        assertThat(avatar("doctor", "--data", zoned).out()).contains("last checked on 2020");
    }

    @Test
    void anAnalysisOfNobodySaysWhy() {
        Ran ran = avatar("analyze", "--min-messages", "100000", "--data", data);
        assertThat(ran.code()).isZero();
        assertThat(ran.err()).contains("Nobody was analyzed", "at least 100,000 messages", "--min-messages ");
    }

    @Test
    void decimalNumbersHaveNoExponent() {
        Ran ran = avatar("tokens", "balance", "--json", "--data", data);
        assertThat(ran.out()).contains("\"todayUsd\" : 0").doesNotContainPattern("[0-9]E-?[0-9]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "import", "people", "profile", "prompt", "recall", "stats", "query"})
    void eachCommandPrintsItsHelp(String command) {
        Ran ran = avatar(command, "--help");
        assertThat(ran.code()).isZero();
        assertThat(ran.out()).contains("Usage: avatar " + command, "--data", "--json");
    }

    @Test
    void aSecondCommandReportsThatTheGraphIsInUse() throws Exception {
        DemoLife.Written life = DemoLife.write(folder.resolve("life"));
        Path own = folder.resolve("own");
        try (var graph = org.avatarengine.graph.EmbeddedGraph.open(own.resolve("graph"))) {
            Ran ran = avatar("import", "--db", life.database(), "--data", own);
            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.err()).contains("is in use by another avatar process");
            assertThat(graph.place()).isEqualTo(own.resolve("graph").toString());
        }
    }

    @Test
    void withoutACommandTheNextStepsAreShown() {
        Ran empty = avatar("--data", folder);
        assertThat(empty.code()).isZero();
        assertThat(empty.out()).contains("avatar import", "Nothing is stored yet", "avatar serve");
        assertThat(folder).as("showing the next steps stores nothing").isEmptyDirectory();
        Ran filled = avatar("--data", data, "--json");
        assertThat(filled.json().path("page").isNull()).isTrue();
        assertThat(filled.json().path("next").get(0).path("command").get(0).asString())
                .isIn("people", "chat");
    }

    @Test
    void optionsBeforeACommandApplyToIt() {
        assertThat(avatar("--data", data, "--json", "stats")
                        .json()
                        .path("nodes")
                        .size())
                .isPositive();
    }

    @Test
    void theManualListsAllCommandsAndIsEscapedForRoff() {
        String manual = avatar("man").out();
        assertThat(manual).contains(".TH AVATAR 1", "avatar recordings relabel", "\\-\\-speakers", "AVATAR_DATA");
        assertThat(manual.lines().filter(line -> line.startsWith(".")).map(line -> line.split(" ")[0]))
                .containsOnly(".TH", ".SH", ".SS", ".B", ".TP");
    }

    @Test
    void theCompletionScriptKnowsCommandsAndOptions() {
        assertThat(avatar("completion").out()).contains("recordings", "--min-messages", "complete -F");
    }
}
