package org.avatarengine.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.avatarengine.failure.BudgetSpent;
import org.avatarengine.failure.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    /** A quarter past midnight in Berlin, which is still the previous day in UTC. */
    private static final Instant NOW = Instant.parse("2026-11-19T23:15:00Z");

    private static final String MODEL = "claude-sonnet-4-6"; // input 3, output 15

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("token_usage.db");
    }

    private Ledger open(Instant now) {
        return Ledger.open(file(), PriceList.bundled(), Clock.fixed(now, BERLIN));
    }

    private static Terms terms(Instant at) {
        return new Terms(MODEL, at, false, null);
    }

    private static void spend(Ledger ledger, String session, Instant at, TokenCounts tokens) {
        Ledger.Reservation place =
                ledger.reserve(session, "test", terms(at), tokens.prompt(), tokens.output(), false, Budget.DEFAULT);
        ledger.record(
                place,
                new Request(session, "test", terms(at), tokens, "standard", Duration.ofSeconds(1), "req_1", true),
                null,
                "p",
                null);
    }

    @Test
    void aDayBeginsInTheUsersTimeZone() {
        try (Ledger ledger = open(NOW)) {
            spend(ledger, "a", NOW.minus(Duration.ofMinutes(30)), new TokenCounts(1000, 0, 0, 0, 0)); // yesterday
            spend(ledger, "a", NOW.minus(Duration.ofMinutes(10)), new TokenCounts(500, 100, 0, 0, 0));
            Balance balance = ledger.balance(Budget.DEFAULT);
            assertThat(balance.tokens()).isEqualTo(600);
            assertThat(balance.today()).isEqualTo(Usd.of("0.003"));
            assertThat(balance.month()).isEqualTo(Usd.of("0.006"));
            assertThat(ledger.reports().byDay(7))
                    .extracting(UsageReports.Line::name)
                    .containsExactly("2026-11-20", "2026-11-19");
            assertThat(ledger.reports().byUtcDay(7)).hasSize(1);
        }
    }

    @Test
    void warningsComeAtEightyAndNinetyFivePercentAndBeyond() {
        Budget budget = new Budget(Usd.UNLIMITED, Usd.UNLIMITED, Usd.UNLIMITED, 1000, false);
        try (Ledger ledger = open(NOW)) {
            List<Balance.Level> levels = List.of(799, 1, 150, 50).stream()
                    .map(tokens -> {
                        spend(ledger, "a", NOW, new TokenCounts(tokens, 0, 0, 0, 0));
                        return ledger.balance(budget).level();
                    })
                    .toList();
            assertThat(levels)
                    .containsExactly(Balance.Level.FINE, Balance.Level.NEAR, Balance.Level.CLOSE, Balance.Level.OVER);
            assertThat(ledger.balance(budget).remaining()).isZero();
        }
    }

    @Test
    void aRequestThatCouldGoOverABudgetIsNotSent() {
        // 10,000 tokens written to the cache at 3.75 and 1,000 output tokens at 15 per million: at most 0.0525.
        Budget budget = new Budget(Usd.of("0.1"), Usd.of("0.12"), Usd.UNLIMITED, 1_000_000, false);
        try (Ledger ledger = open(NOW)) {
            Ledger.Reservation first = ledger.reserve("a", "test", terms(NOW), 10_000, 1000, false, budget);
            assertThat(first.worst()).isEqualTo(Usd.of("0.0525"));
            assertThatThrownBy(() -> ledger.reserve("a", "test", terms(NOW), 10_000, 1000, false, budget))
                    .isInstanceOf(BudgetSpent.class)
                    .hasMessageContaining("this run");
            ledger.release(first);
            ledger.reserve("b", "test", terms(NOW), 10_000, 1000, false, budget);
            ledger.reserve("c", "test", terms(NOW), 10_000, 1000, false, budget);
            assertThatThrownBy(() -> ledger.reserve("d", "test", terms(NOW), 10_000, 1000, false, budget))
                    .isInstanceOf(BudgetSpent.class)
                    .hasMessageContaining("today");
        }
    }

    @Test
    void twoConnectionsCannotBothReserveTheRestOfABudget() throws Exception {
        Budget budget = new Budget(Usd.UNLIMITED, Usd.of("0.55"), Usd.UNLIMITED, 1_000_000, false);
        Callable<Integer> greedy = () -> {
            int taken = 0;
            try (Ledger ledger = open(NOW)) {
                for (int i = 0; i < 10; i++) {
                    ledger.reserve("x", "test", terms(NOW), 10_000, 1000, false, budget);
                    taken++;
                }
            } catch (BudgetSpent spent) {
                return taken;
            }
            return taken;
        };
        open(NOW).close();
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            var one = threads.submit(greedy);
            var other = threads.submit(greedy);
            assertThat(one.get() + other.get()).isEqualTo(10); // 10 × 0.0525 = 0.525
        }
    }

    @Test
    void aResultIsStoredWithItsRequestAndForgottenWithItsPerson() {
        try (Ledger ledger = open(NOW)) {
            Ledger.Reservation place = ledger.reserve("a", "test", terms(NOW), 10, 10, false, Budget.DEFAULT);
            Request request = new Request(
                    "a", "test", terms(NOW), new TokenCounts(10, 5, 0, 0, 0), "standard", Duration.ZERO, "r", true);
            ledger.record(place, request, "key", "anna", "{}");
            assertThat(ledger.result("key")).contains("{}");
            assertThat(ledger.result("other")).isEmpty();
            assertThat(ledger.forget("anna")).isEqualTo(1);
            assertThat(ledger.result("key")).isEmpty();
        }
    }

    @Test
    void requestsOfADeadProcessCountAsSpent() throws Exception {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        try (Ledger ledger = open(NOW)) {
            ledger.reserve("a", "test", terms(NOW), 10_000, 1000, false, Budget.DEFAULT); // never sent
            ledger.sending(ledger.reserve("a", "test", terms(NOW), 10_000, 1000, false, Budget.DEFAULT));
            Ledger.Reservation batch = ledger.reserve("a", "test", terms(NOW), 10_000, 1000, false, Budget.DEFAULT);
            ledger.awaitBatch(batch, "msgbatch_1", "key", "p");
        }
        sql("UPDATE reservations SET pid = " + dead.pid());
        try (Ledger ledger = open(NOW)) {
            Balance balance = ledger.balance(Budget.DEFAULT);
            assertThat(balance.unconfirmed()).isEqualTo(Usd.of("0.0525"));
            assertThat(balance.today()).isEqualTo(Usd.of("0.105")); // the batch keeps its reservation
        }
    }

    @Test
    void aLivingProcessKeepsItsReservation() {
        try (Ledger ledger = open(NOW)) {
            ledger.reserve("a", "test", terms(NOW), 10_000, 1000, false, Budget.DEFAULT);
            try (Ledger other = open(NOW)) {
                assertThat(other.balance(Budget.DEFAULT).unconfirmed()).isEqualTo(Usd.ZERO);
            }
        }
    }

    @Test
    void theCacheIsReportedWithItsHitRateAndItsSaving() {
        try (Ledger ledger = open(NOW)) {
            spend(ledger, "a", NOW, new TokenCounts(0, 0, 1_000_000, 0, 0)); // 3.75 instead of 3
            spend(ledger, "a", NOW, new TokenCounts(0, 0, 0, 0, 1_000_000)); // 0.30 instead of 3
            UsageReports.Line line = ledger.reports().sum(1);
            assertThat(line.requests()).isEqualTo(2);
            assertThat(line.cacheHitRate()).isEqualTo(0.5);
            assertThat(line.cost()).isEqualTo(Usd.of("4.05"));
            assertThat(line.saved()).isEqualTo(Usd.of("1.95"));
        }
    }

    @Test
    void oldRequestsAreCleanedUp() {
        try (Ledger ledger = open(NOW)) {
            spend(ledger, "old", NOW.minus(Duration.ofDays(31)), new TokenCounts(10, 0, 0, 0, 0));
            spend(ledger, "new", NOW.minus(Duration.ofDays(29)), new TokenCounts(10, 0, 0, 0, 0));
            assertThat(ledger.cleanUp(30)).isEqualTo(1);
            assertThat(ledger.reports().bySession(60))
                    .extracting(UsageReports.Line::name)
                    .containsExactly("new");
        }
    }

    @Test
    void onlyTheOwnerCanReadTheFile() throws IOException {
        open(NOW).close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @Test
    void aFileThatIsNotALedgerIsNotChanged() throws IOException {
        Files.writeString(file(), "this is not a database, but somebody's notes of more than a few bytes");
        assertThatThrownBy(() -> open(NOW)).isInstanceOf(UsageException.class).hasMessageContaining("token_usage.db");
        assertThat(file()).content().startsWith("this is not");
    }

    @Test
    void aFileOfANewerProgramIsNotChanged() throws Exception {
        open(NOW).close();
        sql("PRAGMA user_version = 99");
        assertThatThrownBy(() -> open(NOW))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("a newer program made it");
    }

    private void sql(String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement run = connection.createStatement()) {
            run.execute(statement);
        }
    }
}
