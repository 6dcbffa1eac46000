package org.avatarengine.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.avatarengine.claude.FakeClaude;
import org.avatarengine.claude.SchemaAnswers;
import org.avatarengine.demo.DemoLife;
import org.avatarengine.usage.TokenCounts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs enrichment and the cost reports as a user does. Commands that are killed or need a keychain have their own process. */
class EnrichCommandTest {
    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private FakeClaude service;

    @BeforeAll
    static void importTheDemo() throws Exception {
        DemoLife.Written life = DemoLife.write(shared.resolve("life"));
        CommandLineTest.Ran ran = CommandLineTest.avatar(
                "import", "--db", life.database(), "--contacts", life.addressBook(), "--data", shared.resolve("data"));
        assertThat(ran.code()).as(ran.err()).isZero();
    }

    @BeforeEach
    void start() throws Exception {
        service = new FakeClaude();
        service.answer(new SchemaAnswers());
        for (String name : List.of("config.toml", "token_usage.db", "token_usage.db-wal", "token_usage.db-shm")) {
            Files.deleteIfExists(data().resolve(name)); // each test begins with default settings and an empty ledger
        }
        CommandLineTest.avatar("config", "set", "claude.base_url", service.url(), "--data", data());
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private static Path data() {
        return shared.resolve("data");
    }

    private record Ran(int code, String out, String err) {
        JsonNode json() {
            return new JsonMapper().readTree(out);
        }
    }

    private static Ran run(Map<String, String> environment, Object... args) {
        CommandLineTest.Ran ran = CommandLineTest.avatarWith(environment, args);
        return new Ran(ran.code(), ran.out(), ran.err());
    }

    /** Runs a command in a process of its own, for other programs that it finds by the environment. */
    private static Ran runApart(Map<String, String> environment, Object... args) throws Exception {
        Process process = AvatarProcess.start(environment, args);
        CompletableFuture<String> err = CompletableFuture.supplyAsync(() -> {
            try {
                return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        if (process.exitValue() == 0) {
            JsonOutputCheck.check(Stream.of(args).map(String::valueOf).toList(), out);
        }
        return new Ran(process.exitValue(), out, err.get());
    }

    private static Map<String, String> withKey() {
        return Map.of("ANTHROPIC_API_KEY", FakeClaude.KEY);
    }

    @Test
    void everyTokenOfAnEnrichmentIsReported() throws Exception {
        Ran ran = run(withKey(), "enrich", "Maya Okafor", "--analyses", "style,topics", "--data", data(), "--json");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.json().path("results")).hasSize(2);
        assertThat(ran.err()).contains("Before: 0 of 1,000,000 tokens today").contains("After:  ");
        assertThat(ran.out() + ran.err()).doesNotContain(FakeClaude.KEY);
        TokenCounts billed =
                service.billed.values().stream().flatMap(List::stream).reduce(TokenCounts.NONE, TokenCounts::plus);
        JsonNode sum = CommandLineTest.avatar("tokens", "report", "--days", "1", "--data", data(), "--json")
                .json()
                .path("sum");
        assertThat(new JsonMapper().treeToValue(sum.path("tokens"), TokenCounts.class))
                .isEqualTo(billed);
        assertThat(sum.path("requests").asInt()).isEqualTo(2);
        assertThat(CommandLineTest.avatar("tokens", "sessions", "--csv", "--data", data())
                        .out())
                .startsWith("name,first,last,requests")
                .contains("enrich-");
        assertThat(CommandLineTest.avatar("tokens", "summary", "--data", data()).out())
                .contains("claude-sonnet-5-5", "enrich.style", "enrich.topics");

        Ran same = run(
                Map.of("ANTHROPIC_ADMIN_KEY", FakeClaude.ADMIN_KEY), "tokens", "reconcile", "--data", data(), "--json");
        assertThat(same.code()).as(same.err()).isZero();
        assertThat(same.json().path("models"))
                .allMatch(one -> one.path("difference").asLong() == 0);
        assertThat(same.json().path("costUsd").get(0).path("usd").asDouble()).isEqualTo(0.125); // 12.5 cents

        assertThat(CommandLineTest.avatar("profile", "Maya Okafor", "--data", data())
                        .out())
                .contains("Style, estimated by Claude Sonnet 5.5 (", "About Maya Okafor.");

        int asked = service.requests.size();
        Ran again = run(withKey(), "enrich", "Maya Okafor", "--analyses", "style,topics", "--data", data());
        assertThat(again.code()).isZero();
        assertThat(again.out()).contains("done");
        assertThat(service.requests).hasSize(asked);
    }

    /** Requests that were answered before the process was killed are not sent, and not paid for, again. */
    @Test
    void aKilledRunContinuesWithoutPayingTwice() throws Exception {
        service.answer(new SchemaAnswers() {
            @Override
            public String apply(JsonNode request) {
                try {
                    Thread.sleep(400);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return super.apply(request);
            }
        });
        Path mine = folder.resolve("mine");
        DemoLife.Written life = DemoLife.write(folder.resolve("life"));
        CommandLineTest.avatar("import", "--db", life.database(), "--contacts", life.addressBook(), "--data", mine);
        CommandLineTest.avatar("config", "set", "claude.base_url", service.url(), "--data", mine);
        CommandLineTest.avatar("config", "set", "limits.requests_per_minute", "6000", "--data", mine);
        Process process = AvatarProcess.start(withKey(), "enrich", "Maya Okafor", "--data", mine, "--json");
        long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (service.billed.values().stream().mapToInt(List::size).sum() < 3 && System.nanoTime() < patience) {
            Thread.sleep(10);
        }
        process.destroyForcibly();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        Thread.sleep(1000); // requests in flight are billed
        int billed = service.billed.values().stream().mapToInt(List::size).sum();
        int stored = CommandLineTest.avatar(
                        "query", "MATCH (e:Enrichment) RETURN count(e) AS n", "--data", mine, "--json")
                .json()
                .get(0)
                .path("n")
                .asInt();
        assertThat(stored).isBetween(1, billed);
        Ran rest = run(withKey(), "enrich", "Maya Okafor", "--data", mine, "--json");
        assertThat(rest.code()).as(rest.err()).isZero();
        // There are six analyses; only requests in flight are sent a second time.
        assertThat(service.requests).hasSizeLessThanOrEqualTo(6 + billed - stored);
        long counted = CommandLineTest.avatar("tokens", "report", "--data", mine, "--json")
                .json()
                .path("sum")
                .path("tokens")
                .path("output")
                .asLong();
        long theirs = service.billed.values().stream()
                .flatMap(List::stream)
                .mapToLong(TokenCounts::output)
                .sum();
        assertThat(counted).isGreaterThanOrEqualTo(theirs); // at least as much as was billed
    }

    @Test
    void aMissingKeyIsReportedInOneLine() throws Exception {
        Ran ran = run(Map.of("PATH", "/nowhere"), "enrich", "Maya Okafor", "--data", data(), "--json");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err().strip())
                .hasLineCount(1)
                .contains("no API key for Claude", "Everything else works without a key");
        Ran plan = run(Map.of("PATH", "/nowhere"), "enrich", "--dry-run", "--data", data(), "--json");
        assertThat(plan.code()).as(plan.err()).isZero();
        assertThat(plan.json().path("tasks")).hasSizeGreaterThan(10);
        assertThat(service.requests).isEmpty();
    }

    @Test
    void nothingIsSentWithoutNamesOrConfirmation() throws Exception {
        Ran ran = run(withKey(), "enrich", "--max-people", "1", "--data", data(), "--json");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("Nothing was sent");
        assertThat(service.requests).isEmpty();
        assertThat(service.counted).hasValue(0);
    }

    @Test
    void withATooSmallBudgetNothingIsSent() throws Exception {
        Ran ran = run(
                withKey(),
                "enrich",
                "Walter Rivera",
                "--analyses",
                "summary",
                "--budget-usd",
                "0.001",
                "--data",
                data(),
                "--json");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.json().path("results").get(0).path("problem").asString()).contains("not asked");
        assertThat(service.requests).isEmpty();
    }

    @Test
    void theKeyComesFromTheKeychain() throws Exception {
        // A stand-in for secret-tool: store reads the secret from standard input, lookup prints it.
        Path kept = folder.resolve("kept");
        Path tool = folder.resolve("secret-tool");
        Files.writeString(
                tool, "#!/bin/sh\ncase $1 in store) cat > '" + kept + "';; lookup) cat '" + kept + "';; esac\n");
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwx------"));
        Map<String, String> environment = new HashMap<>();
        environment.put("PATH", folder + ":" + System.getenv("PATH"));
        Process storing = AvatarProcess.start(environment, "config", "key", "--data", data(), "--json");
        storing.getOutputStream().write((FakeClaude.KEY + "\n").getBytes(StandardCharsets.UTF_8));
        storing.getOutputStream().close();
        assertThat(storing.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(storing.exitValue()).isZero();
        JsonOutputCheck.check(
                List.of("config", "key", "--json"),
                new String(storing.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        assertThat(kept).hasContent(FakeClaude.KEY);
        Ran ran = runApart(environment, "enrich", "Walter Rivera", "--analyses", "style", "--data", data(), "--json");
        assertThat(ran.code()).as(ran.err()).isZero();
    }

    @Test
    void theDoctorReportsProblems() throws Exception {
        CommandLineTest.Ran fine = CommandLineTest.avatar("doctor", "--data", data(), "--json");
        assertThat(fine.code()).as(fine.out()).isZero();
        assertThat(fine.json().path("metrics")).isNotEmpty();
        Path other = Files.createDirectory(folder.resolve("other"));
        CommandLineTest.avatar("config", "set", "limits.day_usd", "5", "--data", other);
        Files.writeString(other.resolve("token_usage.db"), "these are somebody's notes, which are no database at all");
        Files.writeString(other.resolve("prices.json"), "{}");
        CommandLineTest.Ran wrong = CommandLineTest.avatar("doctor", "--data", other);
        assertThat(wrong.code()).isEqualTo(1);
        assertThat(wrong.out()).contains("✗ Usage ledger", "✗ Prices");
    }

    @Test
    void aMissingServerIsTriedAsOftenAsTheSettingsSay() throws Exception {
        Path other = Files.createDirectory(folder.resolve("other"));
        CommandLineTest.avatar("config", "set", "limits.day_usd", "5", "--data", other);
        Files.writeString(other.resolve("config.toml"), "[reliability.bolt]\nattempts = 3\nfirst_ms = 1\n");
        CommandLineTest.Ran ran =
                CommandLineTest.avatar("doctor", "--graph", "bolt://127.0.0.1:1", "--data", other, "--json");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.json().path("findings").toString()).contains("No Neo4j server answers at bolt://127.0.0.1:1");
        assertThat(ran.json().path("metrics"))
                .filteredOn(metric -> metric.path("name").asString().equals("avatar.calls.count")
                        && metric.path("tags").path("name").asString().equals("Neo4j"))
                .singleElement()
                .satisfies(metric -> assertThat(metric.path("value").asInt()).isEqualTo(3));
    }

    @Test
    void aWrongSettingStopsEveryCommandAndIsNamed() throws Exception {
        Path other = Files.createDirectory(folder.resolve("other"));
        CommandLineTest.avatar("config", "set", "limits.day_usd", "5", "--data", other);
        Files.writeString(other.resolve("config.toml"), "[limits]\nday_usd = \"lots\"\n");
        for (List<String> command : List.of(List.of("stats"), List.of("tokens"), List.of("config", "check"))) {
            List<Object> words = new java.util.ArrayList<>(command);
            words.addAll(List.of("--data", other));
            CommandLineTest.Ran ran = CommandLineTest.avatar(words.toArray());
            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.err().strip()).hasLineCount(1).contains("config.toml, limits.day_usd");
        }
    }
}
