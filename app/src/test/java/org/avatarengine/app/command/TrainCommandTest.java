package org.avatarengine.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.avatarengine.demo.ChatDbWriter;
import org.avatarengine.demo.TypedstreamWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Trains and uses models as a user does. */
class TrainCommandTest {
    private static final String FRIEND = "+12125550101";
    private static final List<String> THINGS = List.of("tea", "soup", "bread", "rice", "corn", "figs");
    private static final Object[] SMALL = {
        "--size",
        "tiny",
        "--epochs",
        "2",
        "--max-length",
        "64",
        "--batch",
        "8",
        "--canaries",
        "2",
        "--checkpoint-every",
        "4"
    };

    @TempDir
    Path folder;

    @BeforeEach
    void importTalks() throws Exception {
        Path file = folder.resolve("chat.db");
        SplittableRandom random = new SplittableRandom(1);
        try (ChatDbWriter db = ChatDbWriter.create(file)) {
            long handle = db.handle(FRIEND, "iMessage", null);
            long chat = db.directChat(FRIEND, handle, "+12125550199");
            Instant at = Instant.parse("2024-01-01T10:00:00Z");
            for (int i = 0; i < 400; i++) {
                String thing = THINGS.get(random.nextInt(THINGS.size()));
                int number = random.nextInt(10, 100);
                message(db, chat, handle, "q" + i, at, true, "how is the " + thing + "? I want " + number);
                String answer = i % 40 == 7 ? "call me on 212 555 0177" : "the " + thing + " is fine, take " + number;
                message(db, chat, handle, "a" + i, at.plusSeconds(60), false, answer);
                at = at.plusSeconds(i % 3 == 0 ? 20_000 : 600);
            }
        }
        assertThat(avatar("import", "--db", file).code()).isZero();
    }

    private static void message(
            ChatDbWriter db, long chat, long handle, String guid, Instant at, boolean own, String text)
            throws Exception {
        db.message(
                chat,
                Map.of(
                        "guid",
                        guid,
                        "date",
                        at,
                        "handle_id",
                        handle,
                        "service",
                        "iMessage",
                        "is_from_me",
                        own ? 1 : 0,
                        "attributedBody",
                        TypedstreamWriter.plain(text)));
    }

    private Object[] with(Object... args) {
        return Stream.concat(Stream.of(args), Stream.of("--data", data())).toArray();
    }

    private Path data() {
        return folder.resolve("data");
    }

    private CommandLineTest.Ran avatar(Object... args) {
        return CommandLineTest.avatar(with(args));
    }

    private Object[] train(Object... more) {
        return with(Stream.of(new Object[] {"train", FRIEND}, SMALL, more)
                .flatMap(Stream::of)
                .toArray());
    }

    private static List<String> files(Path in) throws Exception {
        try (Stream<Path> all = Files.list(in)) {
            return all.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aKilledTrainingContinuesAndTheModelCanBeUsed() throws Exception {
        CommandLineTest.Ran refused = avatar("train", FRIEND);
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("avatar people consent");
        assertThat(avatar("people", "consent", FRIEND).code()).isZero();

        Process process = AvatarProcess.start(Map.of(), train());
        Path checkpoints = data().resolve("models/.shared.training");
        BufferedReader err =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
        assertThat(err.lines().anyMatch(line -> line.startsWith("shared: "))).isTrue();
        // The training has closed the graph but still uses the data.
        CommandLineTest.Ran alone = avatar("reset", "--yes");
        assertThat(alone.code()).isEqualTo(1);
        assertThat(alone.err()).contains("Another avatar command is using the data");
        long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (!hasCheckpoint(checkpoints)) {
            assertThat(System.nanoTime()).as("a checkpoint is written in time").isLessThan(patience);
            Thread.sleep(20);
        }
        process.destroyForcibly();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();

        CommandLineTest.Ran resumed = CommandLineTest.avatar(train("--resume", "--json"));
        assertThat(resumed.code()).as(resumed.err()).isZero();
        JsonNode card = resumed.json();
        assertThat(card.path("data").path("drops").path("PERSONAL_DATA").asInt())
                .isEqualTo(10);
        String model = card.path("name").asString();
        assertThat(files(data().resolve("models"))).containsExactlyInAnyOrder(model, "shared");

        assertThat(avatar("models", "--json").json()).hasSize(2);
        assertThat(avatar("models", "show", model).out())
                .contains("perplexity on")
                .contains("left out: personal data");
        assertThat(avatar("models", "show", model, "--json").json().path("name").asString())
                .isEqualTo(model);
        CommandLineTest.Ran audit = avatar("models", "audit", model, "--json");
        assertThat(audit.json().path("canaries")).hasSize(2);
        Path gguf = folder.resolve("out/model.gguf");
        assertThat(avatar("models", "export", model, gguf).code()).isZero();
        assertThat(Files.readAllBytes(gguf)).startsWith('G', 'G', 'U', 'F');
        assertThat(avatar("models", "export", model, folder.resolve("out/hf"), "--json")
                        .code())
                .isZero();
        assertThat(files(folder.resolve("out/hf"))).contains("config.json", "model.safetensors", "tokenizer.json");

        CommandLineTest.Ran asked = avatar("ask", FRIEND, "how is the soup?", "--model", "local:" + model, "--json");
        assertThat(asked.code()).as(asked.err()).isZero();
        assertThat(asked.json().path("spoken").path("model").asString()).isEqualTo("local:" + model);
        serve(model);

        // The exported model serves as a base model for an adapter.
        CommandLineTest.Ran adapted = CommandLineTest.avatar(
                train("--base", folder.resolve("out/hf"), "--name", "adapted", "--rank", "4", "--json"));
        assertThat(adapted.code()).as(adapted.err()).isZero();
        assertThat(adapted.json().path("method").asString()).isEqualTo("LORA");
        assertThat(files(data().resolve("models/adapted")))
                .contains("adapter_config.json", "adapter_model.safetensors");
        assertThat(avatar("ask", FRIEND, "how is the tea?", "--model", "local:adapted")
                        .code())
                .isZero();
        assertThat(avatar("models", "delete", "adapted", "--json").code()).isZero();
        assertThat(files(data().resolve("models"))).doesNotContain("adapted");

        CommandLineTest.Ran excluded = avatar("people", "exclude", FRIEND, "--yes");
        assertThat(excluded.err()).contains("Deleted the models that were trained on their messages");
        assertThat(files(data().resolve("models"))).isEmpty();
    }

    private static boolean hasCheckpoint(Path checkpoints) throws Exception {
        if (!Files.isDirectory(checkpoints)) {
            return false;
        }
        for (String one : files(checkpoints)) {
            if (Files.isRegularFile(checkpoints.resolve(one).resolve("state.json"))) {
                return true;
            }
        }
        return false;
    }

    private void serve(String model) throws Exception {
        Process server = AvatarProcess.start(
                Map.of(), with("serve", "--api", FRIEND, "--port", "0", "--model", "local:" + model, "--json"));
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
            String printed = out.readLine();
            JsonOutputCheck.check(List.of("serve", "--json"), printed);
            JsonNode told = new JsonMapper().readTree(printed);
            Path tokenFile = Path.of(told.path("tokenFile").asString());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(tokenFile)))
                    .isEqualTo("rw-------");
            String token = Files.readString(tokenFile).strip();
            String address = told.path("address").asString();
            String name = told.path("models").get(0).asString();
            String body = "{\"model\": \"" + name
                    + "\", \"messages\": [{\"role\": \"system\", \"content\": \"You are a pirate.\"},"
                    + " {\"role\": \"user\", \"content\": \"how is the tea?\"}], \"stream\": %s}";

            assertThat(post(address, "wrong", body.formatted("false")).statusCode())
                    .isEqualTo(401);
            JsonNode whole = new JsonMapper()
                    .readTree(post(address, token, body.formatted("false")).body());
            String answer =
                    whole.path("choices").get(0).path("message").path("content").asString();
            List<String> events = post(address, token, body.formatted("true"))
                    .body()
                    .lines()
                    .filter(line -> line.startsWith("data: "))
                    .map(line -> line.substring("data: ".length()))
                    .toList();
            assertThat(events).last().isEqualTo("[DONE]");
            List<String> pieces = new ArrayList<>();
            for (String event : events.subList(0, events.size() - 1)) {
                pieces.add(new JsonMapper()
                        .readTree(event)
                        .path("choices")
                        .get(0)
                        .path("delta")
                        .path("content")
                        .asString(""));
            }
            assertThat(String.join("", pieces).strip()).isEqualTo(answer.strip());
            assertThat(post(address, token, "{\"model\": \"nobody\"}").statusCode())
                    .isEqualTo(404);
            assertThat(post(address, token, "not json").statusCode()).isEqualTo(400);
        } finally {
            server.destroy();
            assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static HttpResponse<String> post(String address, String token, String body) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(address + "/chat/completions"))
                            .header("Authorization", "Bearer " + token)
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void dataCanBeExportedForOtherTrainers() throws Exception {
        avatar("people", "consent", "me");
        Path out = folder.resolve("exported");
        CommandLineTest.Ran ran = avatar("train", "me", "--export-data", out, "--format", "sharegpt", "--json");
        assertThat(ran.code()).as(ran.err()).isZero();
        List<String> lines = Files.readAllLines(out.resolve("train.jsonl"));
        assertThat(lines).isNotEmpty().allSatisfy(line -> {
            JsonNode turns = new JsonMapper().readTree(line).path("conversations");
            assertThat(turns.get(0).path("from").asString()).isEqualTo("system");
            assertThat(turns.get(turns.size() - 1).path("from").asString()).isEqualTo("gpt");
        });
        assertThat(files(out)).containsExactly("card.json", "test.jsonl", "train.jsonl", "valid.jsonl");
        assertThat(String.join("", lines)).doesNotContain("555 0177").contains("[PHONE]");
    }

    @Test
    void wrongOptionsPrintOneLine() {
        for (List<Object> wrong : List.<List<Object>>of(
                List.of("train", "me", "--lr", "7"),
                List.of("train", "me", "--epochs", "0"),
                List.of("train", "me", "--base", folder.resolve("nothing")),
                List.of("train", "me", "--name", "../x"),
                List.of("train", "me", "--device", "toaster"),
                List.of("models", "show", "nobody"),
                List.of("ask", "me", "hi", "--as", FRIEND, "--model", "local:nobody"))) {
            avatar("people", "consent", "me");
            CommandLineTest.Ran ran = avatar(wrong.toArray());
            assertThat(ran.code()).as(wrong.toString()).isNotZero();
            assertThat(ran.err().lines().filter(line -> line.startsWith("avatar: ")))
                    .as(ran.err())
                    .hasSize(1);
            assertThat(ran.err()).doesNotContain(Main.INTERNAL);
        }
    }
}
