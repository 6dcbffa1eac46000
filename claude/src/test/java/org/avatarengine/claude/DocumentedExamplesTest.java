package org.avatarengine.claude;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.avatarengine.failure.ServiceException;
import org.avatarengine.failure.ServiceException.Reason;
import org.avatarengine.limit.AdaptiveLimiter;
import org.avatarengine.progress.Progress;
import org.avatarengine.redaction.Gate;
import org.avatarengine.reliability.Backoff;
import org.avatarengine.reliability.Policy;
import org.avatarengine.reliability.Reliability;
import org.avatarengine.usage.AdminUsage;
import org.avatarengine.usage.Budget;
import org.avatarengine.usage.Ledger;
import org.avatarengine.usage.PriceList;
import org.avatarengine.usage.TokenCounts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads answers in the forms that the API's documentation shows; see README.md beside them. */
class DocumentedExamplesTest {
    private static final String MODEL = "claude-sonnet-5-5";
    private static final String MESSAGES = "/v1/messages";

    @TempDir
    Path folder;

    private RecordedService service;
    private Ledger ledger;
    private Claude claude;

    @BeforeEach
    void start() throws Exception {
        service = new RecordedService();
        service.answer("/v1/messages/count_tokens", "count-tokens");
        ledger = Ledger.open(folder.resolve("ledger.db"), PriceList.bundled(), Clock.systemUTC());
        claude = claude(Credential.apiKey("sk-ant-documented"));
    }

    @AfterEach
    void stop() {
        claude.close();
        ledger.close();
        service.close();
    }

    private Claude claude(Credential credential) {
        Policy policy = new Policy(
                2,
                Backoff.LINEAR,
                Duration.ofMillis(5),
                Duration.ofMillis(20),
                Duration.ofSeconds(5),
                8,
                1,
                100,
                Duration.ofSeconds(1));
        return new Claude(
                new Claude.Access(credential, service.url(), "session"),
                ledger,
                Budget.DEFAULT,
                new AdaptiveLimiter(new AdaptiveLimiter.Start(60_000, 8, 8), Clock.systemUTC()),
                new Reliability("Claude", policy, new SimpleMeterRegistry()),
                new Gate(List.of(), List.of()),
                Clock.systemUTC());
    }

    private static Prompt prompt(String key) {
        return new Prompt(
                "test", MODEL, "You are careful.", "", List.of(), "hello", null, Thinking.LEAST, 100, false, key, "p");
    }

    private Answer ask(String... recordings) throws InterruptedException {
        service.answer(MESSAGES, recordings);
        StringBuilder heard = new StringBuilder();
        Answer answer = claude.ask(prompt("k"), heard::append);
        assertThat(heard).hasToString(answer.text());
        return answer;
    }

    @ParameterizedTest
    @ValueSource(strings = {"stream-text", "stream-unknown-event"})
    void anAnswerIsReadWhateverOtherEventsThereAre(String recording) throws Exception {
        Answer answer = ask(recording);
        assertThat(answer.text()).isEqualTo("Anna writes kindly.");
        assertThat(answer.tokens()).isEqualTo(new TokenCounts(25, 15, 0, 0, 0));
    }

    /** Thoughts are no part of the answer, but they are paid for as output. */
    @ParameterizedTest
    @ValueSource(strings = {"stream-thinking", "stream-redacted-thinking"})
    void thoughtsAreCountedApart(String recording) throws Exception {
        Answer answer = ask(recording);
        assertThat(answer.text()).isEqualTo("Anna writes kindly.");
        assertThat(answer.tokens().output()).isEqualTo(80);
        assertThat(answer.tokens().thinking()).isEqualTo(65);
    }

    @Test
    void cacheWritesOfBothKindsAreCounted() throws Exception {
        assertThat(ask("stream-cached").tokens()).isEqualTo(new TokenCounts(50, 15, 148, 100, 1800));
    }

    @Test
    void anAnswerThatWasCutOffIsAskedForAgain() throws Exception {
        Answer answer = claudeAnswerAfterACut();
        assertThat(answer.text()).isEqualTo("Anna writes kindly.");
        assertThat(answer.tokens()).isEqualTo(new TokenCounts(50, 18, 0, 0, 0));
        List<Integer> rooms = service.received.stream()
                .filter(request -> request.path().equals(MESSAGES))
                .map(request -> request.json().path("max_tokens").asInt())
                .toList();
        assertThat(rooms.get(1)).isGreaterThan(rooms.get(0));
    }

    private Answer claudeAnswerAfterACut() throws InterruptedException {
        service.answer(MESSAGES, "stream-max-tokens", "stream-text");
        return claude.ask(prompt("k"), text -> {});
    }

    @Test
    void aPausedTurnIsContinuedWithWhatThereIs() throws Exception {
        Answer answer = ask("stream-pause", "stream-text");
        assertThat(answer.text()).isEqualTo("Anna Anna writes kindly.");
        RecordedService.Received second = service.received.getLast();
        assertThat(second.json().path("messages").get(1).path("role").asString())
                .isEqualTo("assistant");
    }

    @ParameterizedTest
    @CsvSource({"stream-refusal, REJECTED, declined", "stream-context-full, TOO_LARGE, context window"})
    void anEndWithoutAnAnswerIsSaid(String recording, Reason reason, String said) {
        assertThatThrownBy(() -> ask(recording))
                .isInstanceOfSatisfying(
                        ServiceException.class, e -> assertThat(e.reason()).isEqualTo(reason))
                .hasMessageContaining(said);
        assertThat(ledger.reports().sum(1).tokens().output()).isPositive();
    }

    @Test
    void anErrorInTheStreamIsRetried() throws Exception {
        assertThat(ask("stream-overloaded", "stream-text").text()).isEqualTo("Anna writes kindly.");
    }

    @ParameterizedTest
    @CsvSource({
        "400, REJECTED, 1",
        "401, UNAUTHORIZED, 1",
        "402, FORBIDDEN, 1",
        "403, FORBIDDEN, 1",
        "404, REJECTED, 1",
        "413, TOO_LARGE, 1",
        "500, BROKEN, 2",
        "504, TIMED_OUT, 2",
        "529, OVERLOADED, 2"
    })
    void eachErrorHasItsReasonAndNamesTheRequest(int status, Reason reason, int attempts) {
        assertThatThrownBy(() -> ask("error-" + status))
                .isInstanceOfSatisfying(
                        ServiceException.class, e -> assertThat(e.reason()).isEqualTo(reason))
                .hasMessageContaining("HTTP " + status)
                .hasMessageContaining("_error".substring(status == 413 ? 1 : 0, status == 413 ? 1 : 6))
                .hasMessageContaining("req_011CSHoEeqs5C35K2UUqR7Fy");
        assertThat(service.received)
                .filteredOn(request -> request.path().equals(MESSAGES))
                .hasSize(attempts);
        assertThat(ledger.reports().sum(1).tokens().output()).isZero();
    }

    @Test
    void theServiceSaysHowLongToWait() {
        service.answer("/v1/messages/count_tokens", "error-429");
        assertThatThrownBy(() -> claude.count(prompt("k"))).isInstanceOfSatisfying(ServiceException.class, e -> {
            assertThat(e.reason()).isEqualTo(Reason.RATE_LIMITED);
            assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(7));
        });
    }

    @Test
    void tokensAreCounted() {
        assertThat(claude.count(prompt("k"))).isEqualTo(2095);
    }

    @Test
    void aBatchEndsInFourWays() throws Exception {
        List<Prompt> prompts = List.of(prompt("a"), prompt("b"), prompt("c"), prompt("d"));
        String batch = "/v1/messages/batches/msgbatch_013Zva2CMHLNnXjNJJKqJ2EF";
        service.answer("/v1/messages/batches", "batch-created");
        service.answer(batch, "batch-created", "batch-ended");
        service.answer(batch + "/results", "batch-results");
        service.fill(text -> {
            String filled = text;
            for (int i = 0; i < prompts.size() && text.contains("CUSTOM-"); i++) {
                filled = filled.replace("CUSTOM-" + i, customId(i));
            }
            return filled;
        });
        List<Batches.Outcome> outcomes =
                new Batches(claude, Duration.ofMillis(1)).ask(prompts, Progress.SILENT, () -> false);
        assertThat(outcomes.getFirst().answer().text()).isEqualTo("Anna writes kindly.");
        assertThat(outcomes.subList(1, 3)).allMatch(one -> one.failure().contains("Claude failed"));
        assertThat(outcomes.getLast().failure()).contains("longer than a day");
        assertThat(ledger.reports().sum(1).tokens()).isEqualTo(new TokenCounts(11, 36, 0, 0, 0));
    }

    private String customId(int number) {
        return service.received.stream()
                .filter(request -> request.path().equals("/v1/messages/batches"))
                .findFirst()
                .orElseThrow()
                .json()
                .path("requests")
                .get(number)
                .path("custom_id")
                .asString();
    }

    @Test
    void theUsageReportIsRead() throws Exception {
        service.answer("/v1/organizations/usage_report/messages", "usage-report");
        LocalDate day = LocalDate.of(2026, 11, 29);
        assertThat(new AdminUsage(service.url(), "sk-ant-admin-documented").tokens(day, day))
                .isEqualTo(Map.of(day, Map.of(MODEL, new TokenCounts(1500, 500, 500, 1000, 200))));
        assertThat(day).isBefore(LocalDate.now(ZoneOffset.UTC));
    }

    @Test
    void aKeyAndATokenAreEachSentInOneHeader() throws Exception {
        ask("stream-text");
        Map<String, List<String>> byKey = service.received.getLast().headers();
        assertThat(Stream.of("X-api-key", "Authorization").map(byKey::get).filter(Objects::nonNull))
                .containsExactly(List.of("Bearer sk-ant-documented"));
        assertThat(byKey.get("Anthropic-version")).hasSize(1);
        try (Claude other = claude(Credential.bearerToken("token-1"))) {
            other.ask(prompt("another"), text -> {});
        }
        assertThat(service.received.getLast().headers())
                .containsEntry("Authorization", List.of("Bearer token-1"))
                .doesNotContainKey("X-api-key");
    }

    @Test
    void theCredentialIsFoundInTheEnvironmentAndNeverPrinted() {
        assertThat(new ApiKey(Map.of("ANTHROPIC_API_KEY", " k ", "ANTHROPIC_AUTH_TOKEN", "t"), "none").find())
                .contains(Credential.apiKey("k"));
        Credential token = new ApiKey(Map.of("ANTHROPIC_API_KEY", " ", "ANTHROPIC_AUTH_TOKEN", "secret"), "none")
                .find()
                .orElseThrow();
        assertThat(token).isEqualTo(Credential.bearerToken("secret"));
        assertThat(token.toString() + new Claude.Access(token, null, "s")).doesNotContain("secret");
    }
}
