package org.avatarengine.rhythm;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Counts the times at which one person writes. Tallies of different conversations can be merged. */
public final class RhythmTally {
    private static final int BUSIEST = 5;

    private final long[] weekHours = new long[7 * 24];
    private final DayCounts days = new DayCounts();
    private final TurnTally turns = new TurnTally();
    private long messages;
    private long doubleTexts;

    /** Adds a message of the person. Hours and days are those of the time's zone. */
    public void sent(ZonedDateTime local) {
        messages++;
        weekHours[(local.getDayOfWeek().getValue() - 1) * 24 + local.getHour()]++;
        days.add(Math.toIntExact(local.toLocalDate().toEpochDay()), 1);
        turns.sent(local.toInstant());
    }

    /** Adds a session with the person. */
    public void session(boolean begunByThem) {
        turns.session(begunByThem);
    }

    /** Adds a repeated message without an answer in between. */
    public void doubleText() {
        doubleTexts++;
    }

    /** Adds an answer after a time in seconds; negative without an answer. */
    public void reply(long seconds) {
        turns.reply(seconds);
    }

    /** Adds another tally. */
    public void merge(RhythmTally other) {
        for (int i = 0; i < weekHours.length; i++) {
            weekHours[i] += other.weekHours[i];
        }
        days.addAll(other.days);
        turns.merge(other.turns);
        messages += other.messages;
        doubleTexts += other.doubleTexts;
    }

    /** A day with the number of messages. */
    public record Day(LocalDate day, int messages) {}

    /**
     * The times at which somebody writes.
     *
     * @param weekHours messages by hour of the week, 168 numbers from Monday midnight
     * @param begun sessions that they began, of {@code sessions} in conversations of two
     * @param doubleTexts how often they wrote again after ten minutes without an answer
     * @param longestStreak the most days in a row with a message
     * @param longestGapDays the most days in a row without one, between the first and the last
     * @param months messages by month, as {@code 2024-05}, in order
     */
    public record Figures(
            long messages,
            @Nullable Instant first,
            @Nullable Instant last,
            long activeDays,
            List<Long> weekHours,
            long sessions,
            long begun,
            long doubleTexts,
            int longestStreak,
            int longestGapDays,
            List<Day> busiest,
            Map<String, Integer> months) {}

    /** The reply times. */
    public ReplyTimes replies() {
        return turns.replies();
    }

    /** The figures. */
    public Figures figures() {
        int streak = 0;
        int longestStreak = 0;
        int longestGap = 0;
        Map<String, Integer> months = new TreeMap<>();
        for (int i = 0; i < days.size(); i++) {
            int since = i == 0 ? 0 : days.day(i) - days.day(i - 1);
            streak = since == 1 ? streak + 1 : 1;
            longestStreak = Math.max(longestStreak, streak);
            longestGap = Math.max(longestGap, since - 1);
            months.merge(LocalDate.ofEpochDay(days.day(i)).toString().substring(0, 7), days.count(i), Integer::sum);
        }
        List<Day> busiest = IntStream.range(0, days.size())
                .boxed()
                .sorted(Comparator.comparingInt((Integer i) -> -days.count(i)).thenComparingInt(i -> i))
                .limit(BUSIEST)
                .map(i -> new Day(LocalDate.ofEpochDay(days.day(i)), days.count(i)))
                .toList();
        List<Long> hours = new ArrayList<>();
        for (long count : weekHours) {
            hours.add(count);
        }
        return new Figures(
                messages,
                turns.first(),
                turns.last(),
                days.size(),
                hours,
                turns.sessions(),
                turns.begun(),
                doubleTexts,
                longestStreak,
                Math.max(0, longestGap),
                busiest,
                months);
    }
}
