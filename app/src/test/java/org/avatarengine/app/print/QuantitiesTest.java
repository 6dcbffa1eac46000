package org.avatarengine.app.print;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantitiesTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0.0 s",
        "9.94, 9.9 s",
        "9.96, 10 s",
        "59.6, 1 min",
        "200, 3 min 20 s",
        "3599.7, 1 h",
        "7500, 2 h 5 min",
        "86399, 1 day",
        "180000, 2 days 2 h"
    })
    void aDurationHasAtMostTwoUnits(double seconds, String shown) {
        assertThat(Quantities.duration(seconds)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"0, 0 bytes", "999, 999 bytes", "1000, 1.0 kB", "999990, 1.0 MB", "1234567890, 1.2 GB"})
    void aSizeIsInDecimalUnits(long bytes, String shown) {
        assertThat(Quantities.size(bytes)).isEqualTo(shown);
    }
}
