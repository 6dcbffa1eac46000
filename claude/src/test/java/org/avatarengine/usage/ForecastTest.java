package org.avatarengine.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class ForecastTest {
    private static final LocalDate TENTH = LocalDate.of(2026, 11, 10);

    @Test
    void theRestOfTheMonthCostsAsMuchPerDay() {
        Forecast forecast = Forecast.of(Usd.of("0.70"), Usd.UNLIMITED, TENTH);
        assertThat(forecast).isEqualTo(new Forecast(Usd.of("2.10"), null));
        assertThat(forecast.describe()).isEqualTo("At this rate: $2.10 this month.");
    }

    @Test
    void theDayOfTheLimitIsNamed() {
        Forecast forecast = Forecast.of(Usd.of("0.70"), Usd.of("1.65"), TENTH);
        assertThat(forecast.reached()).isEqualTo(LocalDate.of(2026, 11, 24));
        assertThat(forecast.describe()).isEqualTo("At this rate: $2.10 this month, limit reached on 24 November.");
    }

    @Test
    void aLimitThatIsNeverReachedIsNotNamed() {
        assertThat(Forecast.of(Usd.of("0.70"), Usd.of("2.11"), TENTH).reached()).isNull();
        assertThat(Forecast.of(Usd.ZERO, Usd.of("1"), TENTH)).isEqualTo(new Forecast(Usd.ZERO, null));
    }

    @Test
    void aLimitAlreadyReachedIsReachedToday() {
        assertThat(Forecast.of(Usd.of("5"), Usd.of("1"), TENTH).reached()).isEqualTo(TENTH);
        assertThat(Forecast.of(Usd.of("5"), Usd.of("5"), LocalDate.of(2026, 11, 30))
                        .reached())
                .isEqualTo(LocalDate.of(2026, 11, 30));
    }
}
