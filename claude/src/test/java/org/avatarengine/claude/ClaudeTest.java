package org.avatarengine.claude;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.avatarengine.failure.BudgetSpent;
import org.avatarengine.failure.NotRedacted;
import org.avatarengine.failure.ServiceException;
import org.avatarengine.failure.ServiceException.Reason;
import org.avatarengine.failure.UsageException;
import org.avatarengine.limit.AdaptiveLimiter;
import org.avatarengine.progress.Progress;
import org.avatarengine.redaction.Gate;
import org.avatarengine.reliability.Backoff;
import org.avatarengine.reliability.Policy;
import org.avatarengine.reliability.Reliability;
import org.avatarengine.usage.Budget;
import org.avatarengine.usage.Ledger;
import org.avatarengine.usage.PriceList;
import org.avatarengine.usage.TokenCounts;
import org.avatarengine.usage.Usd;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the client with the real SDK against a local service with the same protocol. */
class ClaudeTest {
    private static final String MODEL = "claude-sonnet-4-6";

    @TempDir
    Path folder;

    private FakeClaude service;
    private Ledger ledger;

    @BeforeEach
    void start() throws Exception {
        service = new FakeClaude();
        ledger = Ledger.open(folder.resolve("token_usage.db"), PriceList.bundled(), Clock.systemDefaultZone());
    }

    @AfterEach
    void stop() {
        ledger.close();
        service.close();
    }

    private Claude claude(Budget budget) {
        return claude(budget, Credential.apiKey(FakeClaude.KEY), service.url());
    }

    private Claude claude(Budget budget, Credential credential, String url) {
        Policy policy = new Policy(
                4,
                Backoff.LINEAR,
                Duration.ofMillis(5),
                Duration.ofMillis(20),
                Duration.ofSeconds(2),
                8,
                1,
                100,
                Duration.ofSeconds(1));
        return new Claude(
                new Claude.Access(credential, url, "session"),
                ledger,
                budget,
                new AdaptiveLimiter(new AdaptiveLimiter.Start(60_000, 8, 8), Clock.systemUTC()),
                new Reliability("Claude", policy, new SimpleMeterRegistry()),
                new Gate(List.of("+14155552671"), List.of()),
                Clock.systemUTC());
    }

    private static Prompt prompt(String key, String user) {
        return new Prompt(
                "test",
                MODEL,
                "You are careful. ".repeat(50),
                "",
                List.of(),
                user,
                null,
                Thinking.LEAST,
                100,
                true,
                key,
                "anna");
    }

    private static Prompt prompt(String key, String user, String model, Thinking thinking, int answerTokens) {
        return new Prompt("test", model, "s", "", List.of(), user, null, thinking, answerTokens, true, key, "anna");
    }

    private TokenCounts recorded() {
        return ledger.reports().sum(1).tokens();
    }

    private TokenCounts billed() {
        return service.billed.getOrDefault(MODEL, List.of()).stream().reduce(TokenCounts.NONE, TokenCounts::plus);
    }

    @Test
    void anAnswerStreamsAndIsRecordedAsItWasBilled() throws Exception {
        service.answer(request -> "Grüße, 你好 — an answer");
        StringBuilder heard = new StringBuilder();
        try (Claude claude = claude(Budget.DEFAULT)) {
            Answer answer = claude.ask(prompt("k", "hello"), heard::append);
            assertThat(answer.text()).isEqualTo("Grüße, 你好 — an answer").hasToString(heard.toString());
            assertThat(answer.tokens()).isEqualTo(billed()).isEqualTo(recorded());
            assertThat(answer.cost())
                    .isEqualTo(PriceList.bundled()
                            .cost(
                                    new org.avatarengine.usage.Terms(MODEL, java.time.Instant.now(), false, null),
                                    billed()));
        }
        assertThat(ledger.balance(Budget.DEFAULT).unconfirmed()).isEqualTo(Usd.ZERO);
        assertThat(service.counted).hasValue(1);
    }

    @Test
    void theSharedPrefixIsReadFromTheCacheTheSecondTime() throws Exception {
        try (Claude claude = claude(Budget.DEFAULT)) {
            claude.ask(prompt("a", "one"), text -> {});
            Answer second = claude.ask(prompt("b", "two"), text -> {});
            assertThat(second.tokens().cacheRead()).isPositive();
            assertThat(second.tokens().cacheWrite5m()).isZero();
        }
        assertThat(service.requests
                        .getFirst()
                        .path("system")
                        .get(0)
                        .path("cache_control")
                        .path("ttl")
                        .asString())
                .isEqualTo("5m");
        assertThat(ledger.reports().sum(1).saved()).isGreaterThan(Usd.ZERO);
    }

    @Test
    void aPromptIsPaidForOnce() throws Exception {
        try (Claude claude = claude(Budget.DEFAULT)) {
            claude.ask(prompt("same", "hello"), text -> {});
            Answer again = claude.ask(prompt("same", "hello"), text -> {});
            assertThat(again.remembered()).isTrue();
            assertThat(again.text()).isEqualTo("yes");
        }
        assertThat(service.requests).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503, 529})
    void transientFailuresAreRetriedAndBilledOnce(int status) throws Exception {
        service.fail(status, status);
        try (Claude claude = claude(Budget.DEFAULT)) {
            assertThat(claude.ask(prompt("k", "hello"), text -> {}).text()).isEqualTo("yes");
        }
        assertThat(recorded()).isEqualTo(billed());
        assertThat(ledger.reports().sum(1).requests()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"400, REJECTED", "401, UNAUTHORIZED", "403, FORBIDDEN", "413, TOO_LARGE"})
    void otherFailuresAreReportedAtOnceAndCostNothing(int status, Reason reason) {
        service.fail(status, 200);
        try (Claude claude = claude(Budget.DEFAULT)) {
            assertThatThrownBy(() -> claude.ask(prompt("k", "my secret words"), text -> {}))
                    .isInstanceOfSatisfying(ServiceException.class, e -> {
                        assertThat(e.reason()).isEqualTo(reason);
                        assertThat(e.getMessage()).contains("HTTP " + status).doesNotContain("secret", FakeClaude.KEY);
                    });
        }
        assertThat(ledger.balance(Budget.DEFAULT).today()).isEqualTo(Usd.ZERO);
    }

    @ParameterizedTest
    @EnumSource(
            value = FakeClaude.Trouble.class,
            names = {"CUT", "GARBLED", "SILENT"})
    void anInterruptedAnswerIsRequestedAgainAndCountedAtItsMaximumCost(FakeClaude.Trouble trouble) throws Exception {
        service.fail(trouble);
        try (Claude claude = claude(Budget.DEFAULT)) {
            assertThat(claude.ask(prompt("k", "hello"), text -> {}).text()).isEqualTo("yes");
        }
        assertThat(ledger.reports().sum(1).requests()).isEqualTo(2);
        assertThat(ledger.balance(Budget.DEFAULT).unconfirmed()).isGreaterThan(Usd.ZERO);
        assertThat(recorded().total()).isGreaterThanOrEqualTo(billed().total());
    }

    /** The first attempt is billed although it brought nothing, so there is not enough left for a second. */
    @ParameterizedTest
    @EnumSource(
            value = FakeClaude.Trouble.class,
            names = {"CUT", "GARBLED", "SILENT"})
    void aRetryNeedsItsOwnReservation(FakeClaude.Trouble trouble) {
        Budget budget = new Budget(Usd.of("0.0030"), Usd.UNLIMITED, Usd.UNLIMITED, 1_000_000, false);
        service.fail(trouble);
        try (Claude claude = claude(budget)) {
            assertThatThrownBy(() -> claude.ask(prompt("k", "hello"), text -> {}))
                    .isInstanceOf(BudgetSpent.class);
        }
        assertThat(service.requests).hasSize(1);
        assertThat(ledger.spentIn("session")).isGreaterThan(Usd.ZERO).isLessThanOrEqualTo(budget.run());
    }

    @Test
    void aBatchThatMayHaveBeenAcceptedCountsAsSpentAndIsNotSentAgain() {
        service.loseNextBatch();
        List<Prompt> prompts = List.of(prompt("a", "one"), prompt("b", "two"));
        try (Claude claude = claude(Budget.DEFAULT)) {
            assertThatThrownBy(
                            () -> new Batches(claude, Duration.ofMillis(1)).ask(prompts, Progress.SILENT, () -> false))
                    .isInstanceOfSatisfying(
                            ServiceException.class, e -> assertThat(e.reason()).isEqualTo(Reason.IN_DOUBT))
                    .hasMessageContaining("may have accepted");
        }
        assertThat(service.accepted()).isEqualTo(1);
        assertThat(ledger.spentIn("session")).as("both reservations are kept").isGreaterThan(Usd.ZERO);
    }

    @Test
    void anAnswerThatWasCutOffIsAskedForAgainWithMoreRoom() throws Exception {
        service.fail(FakeClaude.Trouble.TOO_LONG);
        try (Claude claude = claude(Budget.DEFAULT)) {
            Answer answer = claude.ask(prompt("k", "hello"), text -> {});
            assertThat(answer.text()).isEqualTo("yes");
            assertThat(answer.tokens()).as("both answers are billed").isEqualTo(billed());
        }
        assertThat(service.requests)
                .extracting(request -> request.path("max_tokens").asInt())
                .containsExactly(100, 200);
        assertThat(recorded()).isEqualTo(billed());
        assertThat(ledger.result("k")).contains("yes");
    }

    @Test
    void anAnswerThatIsAlwaysCutOffIsReportedWithItsCost() {
        service.answer(request -> "word ".repeat(1000));
        try (Claude claude = claude(Budget.DEFAULT)) {
            assertThatThrownBy(() -> claude.ask(prompt("k", "hello"), text -> {}))
                    .isInstanceOfSatisfying(
                            ServiceException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNREADABLE))
                    .hasMessageContaining("cut off after 400 tokens")
                    .hasMessageContaining("It cost $");
        }
        assertThat(service.requests).hasSize(3);
        assertThat(recorded()).isEqualTo(billed());
        assertThat(ledger.result("k")).isEmpty();
    }

    @Test
    void noRoomIsAddedBeyondTheBudget() {
        Budget budget = new Budget(Usd.of("0.0030"), Usd.UNLIMITED, Usd.UNLIMITED, 1_000_000, false);
        service.answer(request -> "word ".repeat(1000));
        try (Claude claude = claude(budget)) {
            assertThatThrownBy(() -> claude.ask(prompt("k", "hello"), text -> {}))
                    .isInstanceOf(BudgetSpent.class);
        }
        assertThat(service.requests).hasSize(1);
        assertThat(ledger.spentIn("session")).isLessThanOrEqualTo(budget.run());
    }

    /** Each model accepts what is sent to it, and a chat is not billed for thoughts that it could do without. */
    @ParameterizedTest
    @CsvSource({
        "claude-sonnet-5-5, LEAST, between_tools, low, 0",
        "claude-sonnet-5-5, MODERATE, adaptive, medium, 200",
        "claude-sonnet-5, LEAST, disabled, low, 0",
        "claude-haiku-5-5, LEAST, disabled, low, 0",
        "claude-opus-5, LEAST, disabled, low, 0",
        "claude-opus-5-5, LEAST, adaptive, low, 200",
        "claude-fable-5-2, LEAST, adaptive, low, 200",
        "claude-mythos-5-2, MODERATE, adaptive, medium, 200",
        "claude-opus-4-8, MODERATE, adaptive, medium, 200",
        "claude-sonnet-4-6, LEAST, disabled, low, 0",
        "claude-haiku-4-5, LEAST, '', '', 0",
        "claude-sonnet-4-5, MODERATE, '', '', 0"
    })
    void thinkingAndEffortFitTheModel(String model, Thinking thinking, String type, String effort, int thought)
            throws Exception {
        try (Claude claude = claude(Budget.DEFAULT)) {
            Answer answer = claude.ask(prompt("k", "hello", model, thinking, 1000), text -> {});
            assertThat(answer.text()).isEqualTo("yes");
            assertThat(answer.tokens().thinking()).isEqualTo(thought);
        }
        var request = service.requests.getFirst();
        assertThat(request.path("thinking").path("type").asString("")).isEqualTo(type);
        assertThat(request.path("output_config").path("effort").asString("")).isEqualTo(effort);
        assertThat(ledger.reports().sum(1).tokens().thinking()).isEqualTo(thought);
    }

    @Test
    void aModelThatAlwaysThinksHasRoomForIt() throws Exception {
        service.think(3_900);
        try (Claude claude = claude(Budget.DEFAULT)) {
            assertThat(claude.ask(prompt("k", "hello", "claude-opus-5-5", Thinking.LEAST, 1000), text -> {})
                            .text())
                    .isEqualTo("yes");
        }
        assertThat(service.requests).hasSize(1);
    }

    @Test
    void thoughtsThatUseUpAllRoomAreFollowedByMoreRoom() throws Exception {
        service.think(6_000);
        StringBuilder heard = new StringBuilder();
        try (Claude claude = claude(Budget.DEFAULT)) {
            Answer answer = claude.ask(prompt("k", "hello", "claude-opus-5-5", Thinking.LEAST, 1000), heard::append);
            assertThat(answer.text()).isEqualTo("yes").hasToString(heard.toString());
            assertThat(recorded()).isEqualTo(answer.tokens());
            assertThat(answer.tokens().thinking()).isEqualTo(5_000 + 6_000);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "REFUSED, REJECTED, 'Claude declined to answer this request (cyber)'",
        "CONTEXT_FULL, TOO_LARGE, 'do not fit in the context window'"
    })
    void whatCannotBeMendedIsReportedOnceWithItsCost(FakeClaude.Trouble trouble, Reason reason, String said) {
        service.fail(trouble);
        try (Claude claude = claude(Budget.DEFAULT)) {
            assertThatThrownBy(() -> claude.ask(prompt("k", "hello"), text -> {}))
                    .isInstanceOfSatisfying(
                            ServiceException.class, e -> assertThat(e.reason()).isEqualTo(reason))
                    .hasMessageContaining(said)
                    .hasMessageContaining("It cost $");
        }
        assertThat(service.requests).hasSize(1);
        assertThat(recorded()).isEqualTo(billed());
    }

    @Test
    void aPausedAnswerIsContinued() throws Exception {
        service.fail(FakeClaude.Trouble.PAUSED);
        service.answer(request -> request.path("messages").size() == 1 ? "first half, second half" : "second half");
        try (Claude claude = claude(Budget.DEFAULT)) {
            assertThat(claude.ask(prompt("k", "hello"), text -> {}).text()).isEqualTo("first half,second half");
        }
        var messages = service.requests.getLast().path("messages");
        assertThat(messages.size()).isEqualTo(2);
        assertThat(messages.get(1).path("role").asString()).isEqualTo("assistant");
        assertThat(messages.get(1).toString()).contains("first half");
        assertThat(recorded()).isEqualTo(billed());
    }

    @Test
    void theLimitsOfOneRunAreKeptForTheNext() throws Exception {
        assertThat(ledger.limits()).isEmpty();
        try (Claude claude = claude(Budget.DEFAULT)) {
            claude.ask(prompt("k", "hello"), text -> {});
        }
        assertThat(ledger.limits()).hasValueSatisfying(learnt -> {
            assertThat(learnt.mostRequestsPerMinute()).hasValue(4000);
            assertThat(learnt.inputPerMinute()).hasValue(1_970_000);
            assertThat(learnt.outputPerMinute()).hasValue(394_000);
            assertThat(learnt.waiting(java.time.Instant.now())).isZero();
        });
    }

    @Test
    void aRetiredModelIsRefusedWithItsReplacement() {
        try (Claude claude = claude(Budget.DEFAULT)) {
            assertThatThrownBy(() -> claude.ask(
                            prompt("k", "hello", "claude-sonnet-4-20250514", Thinking.LEAST, 10), text -> {}))
                    .isInstanceOf(UsageException.class)
                    .hasMessageContaining("retired")
                    .hasMessageContaining("Use claude-sonnet-5-5 instead");
        }
        assertThat(service.requests).isEmpty();
        assertThat(service.counted).hasValue(0);
    }

    @Test
    void anAnswerThatWasCutOffInABatchIsAskedForDirectly() throws Exception {
        service.fail(FakeClaude.Trouble.TOO_LONG);
        try (Claude claude = claude(Budget.DEFAULT)) {
            List<Batches.Outcome> outcomes = new Batches(claude, Duration.ofMillis(1))
                    .ask(List.of(prompt("a", "one")), Progress.SILENT, () -> false);
            assertThat(outcomes).extracting(outcome -> outcome.answer().text()).containsExactly("yes");
        }
        assertThat(service.requests).hasSize(2);
        assertThat(service.requests.getLast().path("max_tokens").asInt()).isEqualTo(200);
        assertThat(ledger.result("a")).contains("yes");
        assertThat(recorded()).isEqualTo(billed());
    }

    @Test
    void nothingIsSentWithPersonalDataOverBudgetOrWithoutAPrice() {
        try (Claude claude = claude(new Budget(Usd.of("0.0001"), Usd.UNLIMITED, Usd.UNLIMITED, 1, false))) {
            assertThatThrownBy(() -> claude.ask(prompt("k", "ring 415 555 2671"), text -> {}))
                    .isInstanceOf(NotRedacted.class);
            assertThat(service.counted).hasValue(0);
            assertThatThrownBy(() -> claude.ask(prompt("k", "hello"), text -> {}))
                    .isInstanceOf(BudgetSpent.class);
            Prompt unknown = prompt("k2", "hello", "claude-next", Thinking.LEAST, 10);
            assertThatThrownBy(() -> claude.ask(unknown, text -> {})).isInstanceOf(UsageException.class);
        }
        assertThat(service.requests).isEmpty();
    }

    @Test
    void aWrongKeyAndAMissingNetworkAreDistinguished() {
        try (Claude claude = claude(Budget.DEFAULT, Credential.apiKey("sk-ant-wrong"), service.url())) {
            assertThatThrownBy(() -> claude.ask(prompt("k", "hello"), text -> {}))
                    .hasMessageContaining("ANTHROPIC_API_KEY");
        }
        String gone = service.url();
        service.close();
        try (Claude claude = claude(Budget.DEFAULT, Credential.apiKey(FakeClaude.KEY), gone)) {
            assertThatThrownBy(() -> claude.ask(prompt("k", "hello"), text -> {}))
                    .isInstanceOfSatisfying(
                            ServiceException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNREACHABLE));
        }
    }

    @Test
    void concurrentRequestsAddUpAndRespectTheBudget() throws Exception {
        // About 215 input tokens at 3.75 and 100 output tokens at 15 per million: at most 0.0023, in fact far less.
        Budget budget = new Budget(Usd.of("0.012"), Usd.UNLIMITED, Usd.UNLIMITED, 1_000_000, false);
        List<Future<Boolean>> asked = new ArrayList<>();
        try (Claude claude = claude(budget);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 60; i++) {
                String key = "k" + i;
                asked.add(threads.submit(() -> {
                    try {
                        claude.ask(prompt(key, "hello " + key), text -> {});
                        return true;
                    } catch (BudgetSpent e) {
                        return false;
                    }
                }));
            }
        }
        long answered = 0;
        for (Future<Boolean> one : asked) {
            answered += one.get() ? 1 : 0;
        }
        assertThat(answered).isPositive();
        assertThat(service.requests).hasSize((int) answered);
        assertThat(recorded()).isEqualTo(billed());
        assertThat(ledger.spentIn("session")).isLessThanOrEqualTo(budget.run());
    }

    @Test
    void aSchemaIsSentAsTheOutputFormat() throws Exception {
        Prompt prompt = new Prompt(
                "test",
                MODEL,
                "s",
                "",
                List.of(),
                "u",
                Map.of("type", "object", "properties", Map.of("a", Map.of("type", "string")), "required", List.of("a")),
                Thinking.LEAST,
                100,
                true,
                "k",
                "anna");
        try (Claude claude = claude(Budget.DEFAULT)) {
            claude.ask(prompt, text -> {});
        }
        var format = service.requests.getFirst().path("output_config").path("format");
        assertThat(format.path("type").asString()).isEqualTo("json_schema");
        assertThat(format.path("schema")
                        .path("properties")
                        .path("a")
                        .path("type")
                        .asString())
                .isEqualTo("string");
    }

    @Test
    void batchesCostHalfAndAreFetchedByTheNextProcess() throws Exception {
        service.batchesTake(3);
        List<Prompt> prompts = List.of(prompt("a", "one"), prompt("b", "two"), prompt("c", "three"));
        service.answer(request -> request.toString().contains("three") ? "ERRORED" : "done");
        try (Claude claude = claude(Budget.DEFAULT)) {
            List<Batches.Outcome> first =
                    new Batches(claude, Duration.ofMillis(1)).ask(prompts, Progress.SILENT, () -> true);
            assertThat(first).allMatch(outcome -> outcome.answer() == null);
            assertThat(ledger.balance(Budget.DEFAULT).today()).isGreaterThan(Usd.ZERO); // the reservation is kept
        }
        try (Claude next = claude(Budget.DEFAULT)) {
            List<Batches.Outcome> then =
                    new Batches(next, Duration.ofMillis(1)).ask(prompts, Progress.SILENT, () -> false);
            assertThat(then).extracting(outcome -> outcome.answer() == null).containsExactly(false, false, true);
            assertThat(then.getLast().failure()).contains("run the same command again");
        }
        assertThat(service.requests).hasSize(3); // one batch, fetched once
        TokenCounts succeeded =
                service.billed.get(MODEL).subList(0, 2).stream().reduce(TokenCounts.NONE, TokenCounts::plus);
        assertThat(recorded()).isEqualTo(succeeded);
        assertThat(ledger.reports().sum(1).cost())
                .isEqualTo(PriceList.bundled()
                        .cost(new org.avatarengine.usage.Terms(MODEL, java.time.Instant.now(), true, null), succeeded));
        assertThat(service.requests
                        .getFirst()
                        .path("system")
                        .get(0)
                        .path("cache_control")
                        .path("ttl")
                        .asString())
                .isEqualTo("1h");
    }
}
