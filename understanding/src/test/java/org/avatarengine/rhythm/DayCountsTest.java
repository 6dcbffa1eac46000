package org.avatarengine.rhythm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DayCountsTest {
    @Test
    void countsAreThoseOfASortedMapInAnyOrderOfDays() {
        Random random = new Random(5);
        DayCounts[] parts = {new DayCounts(), new DayCounts()};
        Map<Integer, Integer> expected = new TreeMap<>();
        for (int i = 0; i < 5000; i++) {
            int day = random.nextInt(1200) - 400;
            parts[random.nextInt(2)].add(day, 1);
            expected.merge(day, 1, Integer::sum);
        }
        DayCounts days = parts[0];
        days.addAll(parts[1]);
        Map<Integer, Integer> counted = new TreeMap<>();
        for (int i = 0; i < days.size(); i++) {
            counted.put(days.day(i), days.count(i));
            assertThat(i == 0 || days.day(i - 1) < days.day(i)).isTrue();
        }
        assertThat(counted).isEqualTo(expected);
    }

    @Test
    void theBusiestDaysComeFirstAndOfEqualOnesTheEarlier() {
        RhythmTally tally = new RhythmTally();
        int[] messages = {1, 3, 2, 3, 1, 2};
        for (int day = 0; day < messages.length; day++) {
            for (int i = 0; i < messages[day]; i++) {
                tally.sent(ZonedDateTime.of(2024, 2, 27, 12, 0, 0, 0, ZoneOffset.UTC)
                        .plusDays(day));
            }
        }
        RhythmTally.Figures figures = tally.figures();
        assertThat(figures.busiest())
                .containsExactly(
                        new RhythmTally.Day(LocalDate.of(2024, 2, 28), 3),
                        new RhythmTally.Day(LocalDate.of(2024, 3, 1), 3),
                        new RhythmTally.Day(LocalDate.of(2024, 2, 29), 2),
                        new RhythmTally.Day(LocalDate.of(2024, 3, 3), 2),
                        new RhythmTally.Day(LocalDate.of(2024, 2, 27), 1));
        assertThat(figures.months()).isEqualTo(Map.of("2024-02", 6, "2024-03", 6));
        assertThat(figures.activeDays()).isEqualTo(6);
        assertThat(figures.longestStreak()).isEqualTo(6);
    }
}
