package org.avatarengine.profile;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.avatarengine.profile.Profile.Counted;
import org.jspecify.annotations.Nullable;

/** Gathers when and how one person writes, message by message. */
final class MessageStatistics {
    private static final long BURST_SECONDS = 120;

    private final ZoneId zone;
    private final long[] hours = new long[24];
    private final long[] weekdays = new long[7];
    private final Set<LocalDate> days = new HashSet<>();
    private final Map<String, Long> emoji = new HashMap<>();
    private int[] words = new int[256];
    private int[] characters = new int[256];
    private int texts;
    private long messages;
    private long dated;
    private @Nullable Instant first;
    private @Nullable Instant last;
    private long cased;
    private long lowerCase;
    private long periods;
    private long questions;
    private long exclamations;
    private long withEmoji;
    private long links;
    private long allCaps;
    private long bursts;

    MessageStatistics(ZoneId zone) {
        this.zone = zone;
    }

    /**
     * Takes in a message.
     *
     * @param sinceOwn seconds since the person's own message just before in the conversation; negative when the last
     *     one was somebody else's
     */
    void add(@Nullable Instant at, @Nullable String text, List<String> itsWords, long sinceOwn) {
        messages++;
        if (at != null) {
            time(at);
        }
        if (sinceOwn >= 0 && sinceOwn <= BURST_SECONDS) {
            bursts++;
        }
        if (text == null || text.isBlank()) {
            return;
        }
        if (texts == words.length) {
            words = Arrays.copyOf(words, texts * 2);
            characters = Arrays.copyOf(characters, texts * 2);
        }
        words[texts] = itsWords.size();
        characters[texts] = text.codePointCount(0, text.length());
        texts++;
        style(text.strip());
    }

    private void time(Instant at) {
        ZonedDateTime local = at.atZone(zone);
        dated++;
        hours[local.getHour()]++;
        weekdays[local.getDayOfWeek().getValue() - 1]++;
        days.add(local.toLocalDate());
        first = first == null || at.isBefore(first) ? at : first;
        last = last == null || at.isAfter(last) ? at : last;
    }

    private void style(String text) {
        int start = text.codePointAt(0);
        if (Character.isUpperCase(start) || Character.isLowerCase(start)) {
            cased++;
            lowerCase += Character.isLowerCase(start) ? 1 : 0;
        }
        periods += text.endsWith(".") && !text.endsWith("..") ? 1 : 0;
        questions += text.indexOf('?') >= 0 ? 1 : 0;
        exclamations += text.indexOf('!') >= 0 ? 1 : 0;
        links += text.contains("http://") || text.contains("https://") ? 1 : 0;
        List<String> found = Words.emoji(text);
        withEmoji += found.isEmpty() ? 0 : 1;
        found.forEach(e -> emoji.merge(e, 1L, Long::sum));
        long letters = text.codePoints().filter(Character::isLetter).count();
        if (letters >= 4 && text.codePoints().noneMatch(Character::isLowerCase)) {
            allCaps++;
        }
    }

    Profile.Activity activity() {
        return new Profile.Activity(messages, first, last, days.size(), shares(hours), shares(weekdays));
    }

    private List<Double> shares(long[] counts) {
        return Arrays.stream(counts)
                .mapToObj(count -> dated == 0 ? 0.0 : (double) count / dated)
                .toList();
    }

    Profile.Length length() {
        int[] sorted = Arrays.copyOf(words, texts);
        Arrays.sort(sorted);
        int[] sizes = Arrays.copyOf(characters, texts);
        Arrays.sort(sizes);
        return new Profile.Length(
                texts,
                quantile(sorted, 0.5),
                Arrays.stream(sorted).average().orElse(0),
                quantile(sorted, 0.9),
                quantile(sizes, 0.5));
    }

    /** Linear interpolation between the closest ranks (Hyndman and Fan's type 7). */
    static double quantile(int[] sorted, double q) {
        if (sorted.length == 0) {
            return 0;
        }
        double at = q * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }

    Profile.Style style() {
        return new Profile.Style(
                texts,
                share(lowerCase, cased),
                share(periods, texts),
                share(questions, texts),
                share(exclamations, texts),
                share(withEmoji, texts),
                share(links, texts),
                share(allCaps, texts),
                share(bursts, messages));
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }

    List<Counted> emoji(int limit) {
        return top(emoji, limit);
    }

    /** The most frequent, equal ones in the order of their text. */
    static List<Counted> top(Map<String, Long> counts, int limit) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .limit(limit)
                .map(entry -> new Counted(entry.getKey(), entry.getValue()))
                .toList();
    }
}
