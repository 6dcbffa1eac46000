package org.avatarengine.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.avatarengine.claude.FakeClaude;
import org.avatarengine.demo.DemoLife;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Chats with avatars as a user does. Each command has its own process. */
class ChatCommandTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    static Path shared;

    private static FakeClaude service;

    @BeforeAll
    static void importTheDemo() throws Exception {
        DemoLife.Written life = DemoLife.write(shared.resolve("life"));
        CommandLineTest.Ran ran = CommandLineTest.avatar(
                "import", "--db", life.database(), "--contacts", life.addressBook(), "--data", data());
        assertThat(ran.code()).as(ran.err()).isZero();
        CommandLineTest.avatar("people", "consent", "Zoe", "--data", data());
        service = new FakeClaude();
        service.answer(request -> "That Is What I Think. Call me on +1 212 555 0188.");
        CommandLineTest.avatar("config", "set", "claude.base_url", service.url(), "--data", data());
        CommandLineTest.avatar("config", "set", "limits.requests_per_minute", "6000", "--data", data());
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static Path data() {
        return shared.resolve("data");
    }

    private record Ran(int code, String out, String err) {}

    private static Ran run(String input, Object... args) {
        Object[] all =
                Stream.concat(Stream.of(args), Stream.of("--data", data())).toArray();
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        try {
            CommandLineTest.Ran ran = CommandLineTest.avatarWith(Map.of("ANTHROPIC_API_KEY", FakeClaude.KEY), all);
            return new Ran(ran.code(), ran.out(), ran.err());
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void withoutConsentThereIsNoAvatar() throws Exception {
        Ran ran = run("", "ask", "Maya", "hello");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("avatar people consent \"Maya Okafor\"").hasLineCount(1);
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void aChatIsAnsweredExplainedAndSaved() throws Exception {
        Path file = shared.resolve("talk.json");
        Ran ran = run(
                "did you get the job?\n/why\n/nonsense\n/save " + file + "\n/model local:x\n/reset\n/load " + file
                        + "\n/quit\n",
                "chat",
                "Zoe");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out())
                .contains("a simulation made from their messages")
                .contains("Zoe Lin (avatar): ")
                .contains("Recalled passages:")
                .contains("There is no command /nonsense")
                .contains("There is no model \"x\". Run `avatar models list` to see all models.")
                .contains("Continuing after 2 lines.");
        JsonNode talk = JSON.readTree(file.toFile());
        assertThat(talk.path("disclosure").asString()).contains("Zoe Lin did not write it");
        assertThat(talk.path("lines")).hasSize(2);
        assertThat(talk.path("lines").get(1).path("avatar").asBoolean()).isTrue();
        assertThat(talk.path("lines").get(1).path("sources")).isNotEmpty();
        try (Stream<Path> kept = Files.list(data().resolve("chats"))) {
            assertThat(kept.filter(one -> one.toString().endsWith(".json"))).isNotEmpty();
        }
    }

    @Test
    void eachLineOfAChatInJsonSaysWhatItIs() {
        Ran ran = run("did you get the job?\n/why\n/nonsense\n", "chat", "Zoe", "--json");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out().lines().toList())
                .satisfiesExactly(
                        answer -> assertThat(answer).startsWith("{\"disclosure\":"),
                        note -> assertThat(note).startsWith("{\"note\":"),
                        problem -> assertThat(problem).startsWith("{\"problem\":"));
    }

    @Test
    void claudeGetsNoAddressAndItsStyleIsCorrected() throws Exception {
        int before = service.requests.size();
        Ran ran = run(
                "my number is +1 212 555 0133, what now?\nand then?\n", "chat", "Zoe", "--model", "claude", "--json");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.err()).contains("are sent to Claude, without phone numbers");
        List<JsonNode> requests = service.requests.subList(before, service.requests.size());
        assertThat(requests).hasSize(2);
        assertThat(requests.toString())
                .doesNotContain("555 0133")
                .doesNotContain("5550133")
                .contains("[");
        assertThat(requests.getLast()
                        .path("messages")
                        .valueStream()
                        .map(m -> m.path("role").asString()))
                .containsExactly("user", "assistant", "user");
        List<JsonNode> answers = ran.out().lines().map(JSON::readTree).toList();
        assertThat(answers).hasSize(2);
        JsonNode spoken = answers.getFirst().path("spoken");
        assertThat(spoken.path("written").asString()).startsWith("That Is What I Think.");
        assertThat(spoken.path("text").asString())
                .as("Zoe writes in lower case")
                .startsWith("that Is");
        assertThat(answers.getFirst().path("disclosure").asString()).contains("simulation");
        assertThat(CommandLineTest.avatar("tokens", "summary", "--data", data()).out())
                .contains("chat");
    }

    @Test
    void aBudgetStopsClaude() throws Exception {
        Ran ran = run("", "ask", "Zoe", "hello", "--model", "claude", "--budget-usd", "0.000001");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("budget");
    }

    @Test
    void anAvatarDoesNotTellOthersWhatOnePersonAloneKnows() throws Exception {
        Ran toTom = run("", "ask", "Zoe", "did you get the job in denver?", "--as", "Tom", "--json");
        assertThat(toTom.code()).as(toTom.err()).isZero();
        assertThat(toTom.out()).doesNotContainIgnoringCase("i got the job");
        Ran toSam = run("", "ask", "Zoe", "did you get the job in denver?", "--json");
        assertThat(toSam.out()).containsIgnoringCase("i got the job");
        Ran lifted = run("", "ask", "Zoe", "did you get the job in denver?", "--as", "Tom", "--all-memory", "--json");
        assertThat(lifted.out()).containsIgnoringCase("i got the job");
    }

    @Test
    void aDraftUsesOnlyWhatWasKnownBeforeTheMessage() throws Exception {
        JsonNode rows = JSON.readTree(CommandLineTest.avatar(
                        "query",
                        "MATCH (:Person {name: 'Zoe Lin'})-[:MEMBER_OF]->(c {group: false})<-[:SENT_TO]-(m:Message)"
                                + "<-[:SENT]-(:Person {owner: true}) WHERE size(m.text) > 10"
                                + " RETURN m.id AS id ORDER BY m.sentAt DESC LIMIT 1",
                        "--json",
                        "--data",
                        data())
                .out());
        String id = rows.findValue("id").asString();
        assertThat(JSON.readTree(run("", "reply", "Zoe", "--to", id, "--json").out())
                        .path("avatarOf")
                        .asString())
                .isEqualTo("Zoe Lin");
        Ran ran = run("", "reply", "Zoe", "--to", id);
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).isNotBlank();
        assertThat(ran.err()).contains("Written by an avatar of Zoe Lin");
        Ran none = run("", "reply", "Zoe", "--to", "nothing");
        assertThat(none.code()).isEqualTo(1);
        assertThat(none.err()).contains("There is no message with the id nothing");
        Ran own = run("", "reply", "me", "--to", id);
        assertThat(own.err()).contains("wrote this message. Give a message that they received.");
    }

    @Test
    void faithfulnessIsMeasuredAgainstBaselinesAndAGenericPrompt() throws Exception {
        Ran ran = run("", "evaluate", "me", "--replies", "20", "--json", "--model", "claude");
        assertThat(ran.code()).as(ran.err()).isZero();
        JsonNode card = JSON.readTree(ran.out());
        assertThat(card.path("replies").asInt()).isEqualTo(20);
        List<String> writers = card.path("rows")
                .valueStream()
                .map(row -> row.path("writer").asString())
                .toList();
        assertThat(writers)
                .containsExactly(
                        "themselves",
                        "random own message",
                        "somebody else",
                        "somebody else, style adjusted",
                        "nearest",
                        "claude:claude-sonnet-5-5",
                        "claude:claude-sonnet-5-5, generic prompt");
        double self = distance(card, 0);
        assertThat(self).isZero();
        assertThat(distance(card, 2))
                .as("the distance of another person is larger than that of the person")
                .isGreaterThan(distance(card, 1));
        assertThat(distance(card, 3))
                .as("the style correction reduces the distance")
                .isLessThan(distance(card, 2));
        assertThat(card.path("memory").path("value").asDouble()).isGreaterThan(0.8);
        Ran little = run("", "evaluate", "Zoe");
        assertThat(little.code()).isEqualTo(1);
        assertThat(little.err()).contains("Not enough replies to test an avatar of Zoe Lin (");
    }

    private static double distance(JsonNode card, int row) {
        return card.path("rows").get(row).path("distance").path("value").asDouble();
    }
}
