package org.avatarengine.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IsoTimeTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @CsvSource({
        "2024-05-01T18:30:00Z, 2024-05-01T18:30:00Z",
        "2024-05-01T18:30:00+02:00, 2024-05-01T16:30:00Z",
        "2024-05-01 18:30:00+0200, 2024-05-01T16:30:00Z",
        "2024-05-01T18:30, 2024-05-01T16:30:00Z",
        "2024-05-01 18:30:15.5, 2024-05-01T16:30:15.500Z",
        "2024-05-01, 2024-04-30T22:00:00Z"
    })
    void timesAreReadInTheirZone(String text, Instant at) {
        assertThat(IsoTime.read(text, BERLIN)).isEqualTo(at);
    }

    @Test
    void aTimeWithoutAnOffsetStaysAsWritten() {
        assertThat(IsoTime.parse("2024-05-01 18:30")).isEqualTo(LocalDateTime.of(2024, 5, 1, 18, 30));
        assertThat(IsoTime.parse("2024-05-01T18:30Z")).isEqualTo(Instant.parse("2024-05-01T18:30:00Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "2024-13-01", "2024-05-01T25:00", "2024-05-01T18:30+99:00"})
    void otherTextsAreRefused(String text) {
        assertThatThrownBy(() -> IsoTime.read(text, BERLIN)).isInstanceOf(DateTimeException.class);
    }
}
