package org.avatarengine.rhythm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;

class ReplyTimesTest {
    @Test
    void unansweredTurnsCountAsLongest() {
        ReplyTimes times = new ReplyTimes();
        times.answered(10);
        times.answered(20);
        times.answered(30);
        assertThat(times.quantile(0.5)).isEqualTo(20);
        times.unanswered();
        times.unanswered();
        assertThat(times.quantile(0.5)).as("of five turns, three were answered").isEqualTo(30);
        times.unanswered();
        times.unanswered();
        assertThat(times.quantile(0.5)).as("most were never answered").isNegative();
        assertThat(times.quantile(0.1)).isBetween(10.0, 20.0);
        assertThat(new ReplyTimes().quantile(0.5)).isNegative();
    }

    @Test
    void streaksAndGapsCountDays() {
        RhythmTally tally = new RhythmTally();
        for (String day : new String[] {"01", "02", "03", "07", "08"}) {
            tally.sent(ZonedDateTime.parse("2024-03-" + day + "T12:00:00Z"));
        }
        RhythmTally other = new RhythmTally();
        other.sent(ZonedDateTime.parse("2024-03-09T12:00:00Z"));
        other.sent(ZonedDateTime.parse("2024-03-10T12:00:00Z"));
        tally.merge(other);
        RhythmTally.Figures figures = tally.figures();
        assertThat(figures.longestStreak()).isEqualTo(4);
        assertThat(figures.longestGapDays()).isEqualTo(3);
        assertThat(figures.messages()).isEqualTo(7);
        assertThat(figures.first()).isEqualTo(Instant.parse("2024-03-01T12:00:00Z"));
    }
}
