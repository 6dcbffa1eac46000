package org.avatarengine.rhythm;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts when one person writes. Tallies of different conversations merge. */
public final class RhythmTally {
    private final long[] weekHours = new long[7 * 24];
    private final Map<LocalDate, Integer> days = new HashMap<>();
    private final ReplyTimes replies = new ReplyTimes();
    private long messages;
    private @Nullable Instant first;
    private @Nullable Instant last;
    private long sessions;
    private long begun;
    private long doubleTexts;

    /** Takes in a message of the person; hours and days are counted in the zone of its time. */
    public void sent(ZonedDateTime local) {
        Instant at = local.toInstant();
        messages++;
        weekHours[(local.getDayOfWeek().getValue() - 1) * 24 + local.getHour()]++;
        days.merge(local.toLocalDate(), 1, Integer::sum);
        first = first == null || at.isBefore(first) ? at : first;
        last = last == null || at.isAfter(last) ? at : last;
    }

    /** A session they took part in. */
    public void session(boolean begunByThem) {
        sessions++;
        begun += begunByThem ? 1 : 0;
    }

    /** They wrote again, after a while, without having got an answer. */
    public void doubleText() {
        doubleTexts++;
    }

    /** They answered after so many seconds; negative when they did not. */
    public void reply(long seconds) {
        if (seconds < 0) {
            replies.unanswered();
        } else {
            replies.answered(seconds);
        }
    }

    /** Adds what another tally counted. */
    public void merge(RhythmTally other) {
        for (int i = 0; i < weekHours.length; i++) {
            weekHours[i] += other.weekHours[i];
        }
        other.days.forEach((day, count) -> days.merge(day, count, Integer::sum));
        replies.merge(other.replies);
        messages += other.messages;
        first = first == null || (other.first != null && other.first.isBefore(first)) ? other.first : first;
        last = last == null || (other.last != null && other.last.isAfter(last)) ? other.last : last;
        sessions += other.sessions;
        begun += other.begun;
        doubleTexts += other.doubleTexts;
    }

    /** A day with how much was written on it. */
    public record Day(LocalDate day, int messages) {}

    /**
     * When somebody writes.
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
            Map<String, Integer> months,
            ReplyTimes replies) {}

    /** The figures of what was counted. */
    public Figures figures() {
        Map<LocalDate, Integer> inOrder = new TreeMap<>(days);
        int streak = 0;
        int longestStreak = 0;
        int longestGap = 0;
        LocalDate before = null;
        Map<String, Integer> months = new TreeMap<>();
        for (Map.Entry<LocalDate, Integer> entry : inOrder.entrySet()) {
            LocalDate day = entry.getKey();
            int since = before == null ? 0 : (int) ChronoUnit.DAYS.between(before, day);
            streak = since == 1 ? streak + 1 : 1;
            longestStreak = Math.max(longestStreak, streak);
            longestGap = Math.max(longestGap, since - 1);
            months.merge(day.toString().substring(0, 7), entry.getValue(), Integer::sum);
            before = day;
        }
        List<Day> busiest = inOrder.entrySet().stream()
                .sorted(Map.Entry.<LocalDate, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(5)
                .map(entry -> new Day(entry.getKey(), entry.getValue()))
                .toList();
        List<Long> hours = new ArrayList<>();
        for (long count : weekHours) {
            hours.add(count);
        }
        return new Figures(
                messages,
                first,
                last,
                days.size(),
                hours,
                sessions,
                begun,
                doubleTexts,
                longestStreak,
                Math.max(0, longestGap),
                busiest,
                months,
                replies);
    }
}
