package org.avatarengine.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.avatarengine.failure.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Common billing mistakes, each with figures calculated by hand from the published prices. */
class PriceListTest {
    private static final Instant NOVEMBER = Instant.parse("2026-11-20T12:00:00Z");
    private static final PriceList PRICES = PriceList.bundled();

    private static Terms terms(String model) {
        return new Terms(model, NOVEMBER, false, null);
    }

    @Test
    void eachKindOfTokenHasItsPrice() {
        // Opus 5.5, per million tokens: input 4, output 20, cache writes 5 and 8, cache reads 0.20.
        TokenCounts million = new TokenCounts(1_000_000, 1_000_000, 1_000_000, 1_000_000, 1_000_000);
        assertThat(PRICES.cost(terms("claude-opus-5-5"), million)).isEqualTo(Usd.of("37.20"));
    }

    @Test
    void hourWritesAreNotPricedAsFiveMinuteWrites() {
        TokenCounts reported = TokenCounts.reported(0, 0, 1_000_000, 0, 1_000_000, 0, 0);
        assertThat(PRICES.cost(terms("claude-opus-5-5"), reported)).isEqualTo(Usd.of("8"));
    }

    @Test
    void cacheCreationIsNotBilledTwice() {
        // The total is the sum of the split, not a third kind.
        TokenCounts reported = TokenCounts.reported(100, 10, 3000, 1000, 2000, 50, 0);
        assertThat(reported).isEqualTo(new TokenCounts(100, 10, 1000, 2000, 50));
        assertThat(reported.prompt()).isEqualTo(3150);
    }

    @Test
    void tokensOutsideTheSplitAreNotLost() {
        assertThat(TokenCounts.reported(0, 0, 3000, 1000, 500, 0, 0)).isEqualTo(new TokenCounts(0, 0, 2500, 500, 0));
        assertThat(TokenCounts.reported(0, 0, 3000, 0, 0, 0, 0).cacheWrite5m()).isEqualTo(3000);
    }

    @Test
    void theWholePromptDeterminesTheTierOfAllTokens() {
        // Haiku 5.5: 0.10 / 0.50 for prompts up to 100,000 tokens including cached ones, 0.50 / 2.50 for longer ones.
        Terms haiku = terms("claude-haiku-5-5");
        assertThat(PRICES.cost(haiku, new TokenCounts(100_000, 1000, 0, 0, 0))).isEqualTo(Usd.of("0.0105"));
        assertThat(PRICES.cost(haiku, new TokenCounts(100_001, 1000, 0, 0, 0))).isEqualTo(Usd.of("0.0525005"));
        assertThat(PRICES.cost(haiku, new TokenCounts(1, 1000, 0, 0, 100_000))).isEqualTo(Usd.of("0.0075005"));
    }

    @Test
    void aPriceChangesAtMidnightUtc() {
        TokenCounts read = new TokenCounts(0, 0, 0, 0, 1_000_000);
        Terms before = new Terms("claude-sonnet-5-5", Instant.parse("2026-10-06T23:59:59.999Z"), false, null);
        Terms after = new Terms("claude-sonnet-5-5", Instant.parse("2026-10-07T00:00:00Z"), false, null);
        assertThat(PRICES.cost(before, read)).isEqualTo(Usd.of("0.20"));
        assertThat(PRICES.cost(after, read)).isEqualTo(Usd.of("0.10"));
    }

    @Test
    void batchesCostHalfAndRegionsATenthMore() {
        TokenCounts input = new TokenCounts(1_000_000, 0, 0, 0, 0);
        assertThat(PRICES.cost(new Terms("claude-haiku-5-5", NOVEMBER, true, null), new TokenCounts(1, 0, 0, 0, 0)))
                .isEqualTo(new Usd(50_000));
        assertThat(PRICES.cost(new Terms("claude-sonnet-4-6", NOVEMBER, false, "us"), input))
                .isEqualTo(Usd.of("3.30"));
        assertThat(PRICES.cost(new Terms("claude-sonnet-4-6", NOVEMBER, true, "us"), input))
                .isEqualTo(Usd.of("1.65"));
        assertThat(PRICES.cost(new Terms("claude-sonnet-4-6", NOVEMBER, false, "mars"), input))
                .isEqualTo(Usd.of("3.30"));
    }

    @Test
    void aDatedNameOrALargeContextIsTheSameModel() {
        assertThat(PRICES.find("claude-haiku-4-5-20251001", NOVEMBER)).isPresent();
        assertThat(PRICES.find("claude-sonnet-5-5[1m]", NOVEMBER)).isPresent();
        assertThat(PRICES.find("claude-sonnet-5-5-20260901[1m]", NOVEMBER)).isPresent();
        assertThat(PRICES.find("claude-sonnet-5-5-fast", NOVEMBER)).isEmpty();
    }

    @Test
    void anUnknownModelIsRefused() {
        assertThatThrownBy(() -> PRICES.cost(terms("claude-tomorrow-9"), new TokenCounts(1, 1, 0, 0, 0)))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("claude-tomorrow-9");
    }

    @Test
    void pricesHaveNoGapsAndNoOverlaps() {
        for (PriceList.Price price : PRICES.prices()) {
            assertThat(price.input()).isPositive();
            assertThat(price.cacheRead()).isPositive().isLessThan(price.input());
            assertThat(price.cacheWrite5m()).isBetween(price.input(), price.cacheWrite1h());
            assertThat(PRICES.prices().stream()
                            .filter(other -> other.model().equals(price.model()) && other.to() == null))
                    .hasSize(1);
        }
    }

    @Test
    void pricesOlderThanNinetyDaysAreMarked() {
        assertThat(PRICES.isOld(PRICES.checked().plusDays(90))).isFalse();
        assertThat(PRICES.isOld(PRICES.checked().plusDays(91))).isTrue();
        assertThat(PRICES.oldWarning()).contains(PRICES.checked().toString(), "--update");
    }

    @Test
    void aPriceOfAThirdPartyIsMarked() {
        assertThat(PRICES.prices())
                .filteredOn(price -> price.model().endsWith("-5-2"))
                .hasSize(2)
                .allMatch(price -> "third party".equals(price.note()));
    }

    @Test
    void theUsersListReplacesTheBundledOne(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("prices.json");
        Files.writeString(file, """
                {"source": "me", "checked": "2026-11-01", "batchFactor": 0.5, "regionFactors": {}, "prices": [
                 {"model": "claude-mine", "input": 1, "output": 2, "cacheWrite5m": 1.25, "cacheWrite1h": 2,
                  "cacheRead": 0.1}]}""");
        assertThat(PriceList.of(file).cost(terms("claude-mine"), new TokenCounts(0, 500_000, 0, 0, 0)))
                .isEqualTo(Usd.of("1"));
        Files.writeString(file, "{\"source\": 1, \"prise\": []}");
        assertThatThrownBy(() -> PriceList.of(file))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("prices.json");
    }
}
