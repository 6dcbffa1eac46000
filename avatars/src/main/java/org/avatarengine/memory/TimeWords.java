package org.avatarengine.memory;

import static java.time.temporal.TemporalAdjusters.firstDayOfYear;
import static java.time.temporal.TemporalAdjusters.lastDayOfMonth;
import static java.time.temporal.TemporalAdjusters.lastDayOfYear;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.YearMonth;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the days that a text mentions: dates, months, seasons, holidays and phrases such as "three weeks ago", in English.
 * A date without a year is the latest one that is not in the future. Weeks begin on Monday; seasons are those of the
 * northern hemisphere.
 */
final class TimeWords {
    private static final String MONTHS = "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
            + "|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?";
    private static final String DAYS =
            "mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs(?:day)?)?|fri(?:day)?|saturday|sunday";
    private static final String COUNT =
            "\\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a couple(?: of)?|a few|several";
    private static final Map<String, Integer> NUMBERS = Map.ofEntries(
            Map.entry("a", 1),
            Map.entry("an", 1),
            Map.entry("one", 1),
            Map.entry("two", 2),
            Map.entry("three", 3),
            Map.entry("four", 4),
            Map.entry("five", 5),
            Map.entry("six", 6),
            Map.entry("seven", 7),
            Map.entry("eight", 8),
            Map.entry("nine", 9),
            Map.entry("ten", 10),
            Map.entry("eleven", 11),
            Map.entry("twelve", 12),
            Map.entry("a couple", 2),
            Map.entry("a couple of", 2),
            Map.entry("a few", 3),
            Map.entry("several", 4));
    private static final String YEAR = "(?:19|20)\\d\\d";

    /** Two dates with only this between them are the ends of one range. */
    private static final Pattern BETWEEN = Pattern.compile("\\s*(?:and|to|until|till|through|-|–)\\s*");

    private static final Pattern DURATION =
            Pattern.compile("\\b(?:days?|weeks?|weekend|months?|years?|hours?|o'clock|[ap]m)\\b|\\b" + YEAR + "\\b");

    private interface Reading {
        List<DateRange> read(Matcher match, LocalDate today);
    }

    private record Rule(Pattern pattern, Reading reading) {
        Rule(String pattern, Reading reading) {
            this(Pattern.compile("\\b(?:" + pattern + ")\\b"), reading);
        }
    }

    /** The more exact patterns come first; text that one has matched is invisible to the later ones. */
    private static final List<Rule> RULES = List.of(
            new Rule("(" + YEAR + ")-(\\d\\d)-(\\d\\d)", (m, today) -> day(m.group(1), m.group(2), m.group(3))),
            new Rule("(\\d\\d?)\\.(\\d\\d?)\\.(" + YEAR + ")", (m, today) -> day(m.group(3), m.group(2), m.group(1))),
            new Rule("(\\d\\d?)/(\\d\\d?)/(" + YEAR + ")", (m, today) -> {
                List<DateRange> either = new ArrayList<>(day(m.group(3), m.group(1), m.group(2)));
                day(m.group(3), m.group(2), m.group(1)).stream()
                        .filter(range -> !either.contains(range))
                        .forEach(either::add);
                return either;
            }),
            new Rule(
                    "(\\d\\d?)(?:st|nd|rd|th)?\\s+(?:of\\s+)?(" + MONTHS + ")\\.?(?:,?\\s+(" + YEAR + "))?",
                    (m, today) -> monthDay(m.group(2), m.group(1), m.group(3), today)),
            new Rule(
                    "(" + MONTHS + ")\\.?\\s+(\\d\\d?)(?:st|nd|rd|th)?(?:,?\\s+(" + YEAR + "))?",
                    (m, today) -> monthDay(m.group(1), m.group(2), m.group(3), today)),
            new Rule(
                    "(" + MONTHS + ")\\.?,?\\s+(?:of\\s+)?(" + YEAR + ")",
                    (m, today) -> List.of(month(YearMonth.of(Integer.parseInt(m.group(2)), month(m.group(1)))))),
            new Rule(
                    "(?<=\\b(?:in|of|since|during|last|this|next|early|mid|late|until|till|from|by|between|and|to)[\\s-]{1,2})("
                            + MONTHS + ")",
                    (m, today) -> List.of(latest(year -> month(YearMonth.of(year, month(m.group(1)))), today))),
            new Rule(
                    "(?:(last|this|next)\\s+)?(spring|summer|autumn|fall|winter)(?:\\s+(?:of\\s+)?(" + YEAR + "))?",
                    TimeWords::season),
            new Rule(
                    "(christmas|xmas)(?:\\s+eve)?(?:\\s+(?:of\\s+)?(" + YEAR + "))?",
                    (m, today) -> List.of(feast(
                            m.group(2), today, y -> new DateRange(LocalDate.of(y, 12, 24), LocalDate.of(y, 12, 26))))),
            new Rule(
                    "new year'?s?(?:\\s+(?:eve|day))?(?:\\s+(?:of\\s+)?(" + YEAR + "))?",
                    (m, today) -> List.of(feast(
                            m.group(1),
                            today,
                            y -> new DateRange(LocalDate.of(y, 12, 31), LocalDate.of(y + 1, 1, 1))))),
            new Rule(
                    "halloween(?:\\s+(?:of\\s+)?(" + YEAR + "))?",
                    (m, today) -> List.of(feast(m.group(1), today, y -> DateRange.day(LocalDate.of(y, 10, 31))))),
            new Rule(
                    "valentine'?s?(?:\\s+day)?(?:\\s+(?:of\\s+)?(" + YEAR + "))?",
                    (m, today) -> List.of(feast(m.group(1), today, y -> DateRange.day(LocalDate.of(y, 2, 14))))),
            new Rule(
                    "thanksgiving(?:\\s+(?:of\\s+)?(" + YEAR + "))?",
                    (m, today) -> List.of(feast(
                            m.group(1),
                            today,
                            y -> DateRange.day(LocalDate.of(y, 11, 1)
                                    .with(TemporalAdjusters.dayOfWeekInMonth(4, DayOfWeek.THURSDAY)))))),
            new Rule(
                    "easter(?:\\s+(?:of\\s+)?(" + YEAR + "))?",
                    (m, today) -> List.of(feast(
                            m.group(1),
                            today,
                            y -> new DateRange(easter(y).minusDays(2), easter(y).plusDays(1))))),
            new Rule("day before yesterday", (m, today) -> List.of(DateRange.day(today.minusDays(2)))),
            new Rule("yesterday|last night", (m, today) -> List.of(DateRange.day(today.minusDays(1)))),
            new Rule("today|tonight|this (?:morning|afternoon|evening)", (m, today) -> List.of(DateRange.day(today))),
            new Rule("tomorrow", (m, today) -> List.of(DateRange.day(today.plusDays(1)))),
            new Rule("(" + COUNT + ")\\s+(day|week|weekend|month|year)s?\\s+(?:ago|back|earlier)", TimeWords::ago),
            new Rule(
                    "(?:last|past|previous)\\s+(" + COUNT + ")\\s+(day|week|weekend|month|year)s?",
                    (m, today) -> List.of(new DateRange(back(today, number(m.group(1)), m.group(2)), today))),
            new Rule(
                    "(last|past|previous|this|next)\\s+(week|weekend|month|year)",
                    (m, today) -> List.of(unit(m.group(2), shift(m.group(1)), today))),
            new Rule("(?:(last|this|on|next)\\s+)(" + DAYS + ")", (m, today) -> List.of(weekday(m, today))),
            new Rule(
                    "(?<=\\b(?:in|of|during|since|year|from|until|by|between|and|to)\\s{1,2})(" + YEAR + ")",
                    (m, today) -> List.of(year(Integer.parseInt(m.group(1))))));

    private TimeWords() {}

    /**
     * The ranges in a text, in their order.
     *
     * @param today the day on which it was written
     */
    static List<DateRange> in(String text, LocalDate today) {
        record Found(int start, int end, List<DateRange> ranges) {}
        StringBuilder left = new StringBuilder(text.toLowerCase(Locale.ROOT).replace('’', '\''));
        List<Found> found = new ArrayList<>();
        for (Rule rule : RULES) {
            Matcher match = rule.pattern.matcher(left.toString());
            while (match.find()) {
                List<DateRange> ranges = rule.reading.read(match, today);
                if (!ranges.isEmpty()) {
                    found.add(new Found(match.start(), match.end(), ranges));
                    left.replace(match.start(), match.end(), "\0".repeat(match.end() - match.start()));
                }
            }
        }
        found.sort((one, other) -> Integer.compare(one.start, other.start));
        List<DateRange> ranges = new ArrayList<>();
        int before = -1;
        for (Found one : found) {
            boolean joins = before >= 0
                    && !ranges.isEmpty()
                    && one.ranges.size() == 1
                    && BETWEEN.matcher(left.substring(before, one.start)).matches();
            if (joins) {
                ranges.add(joined(ranges.removeLast(), one.ranges.getFirst()));
            } else {
                ranges.addAll(one.ranges);
            }
            before = one.end;
        }
        return ranges;
    }

    /** In "between May and July 2023", the year is that of both. */
    private static DateRange joined(DateRange from, DateRange to) {
        DateRange first = from;
        while (first.from().isAfter(to.to())) {
            first = new DateRange(first.from().minusYears(1), first.to().minusYears(1));
        }
        return first.hull(to);
    }

    /** Whether a text contains a time or a duration. */
    static boolean any(String text, LocalDate today) {
        return DURATION.matcher(text.toLowerCase(Locale.ROOT)).find()
                || !in(text, today).isEmpty();
    }

    private static List<DateRange> day(String year, String month, String day) {
        return day(Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day));
    }

    /** Empty if the day does not exist. */
    private static List<DateRange> day(int year, int month, int day) {
        try {
            return List.of(DateRange.day(LocalDate.of(year, month, day)));
        } catch (DateTimeException e) {
            return List.of();
        }
    }

    private static List<DateRange> monthDay(String month, String day, String year, LocalDate today) {
        int number = Integer.parseInt(day);
        if (year != null) {
            return day(Integer.parseInt(year), month(month).getValue(), number);
        }
        // 29 February does not exist in every year.
        for (int y = today.getYear(); y > today.getYear() - 8; y--) {
            List<DateRange> days = day(y, month(month).getValue(), number);
            if (!days.isEmpty() && !days.getFirst().from().isAfter(today)) {
                return days;
            }
        }
        return List.of();
    }

    private static Month month(String name) {
        for (Month month : Month.values()) {
            if (month.name().toLowerCase(Locale.ROOT).startsWith(name.substring(0, 3))) {
                return month;
            }
        }
        throw new IllegalStateException(name);
    }

    private static DateRange month(YearMonth month) {
        return new DateRange(month.atDay(1), month.atEndOfMonth());
    }

    private static DateRange year(int year) {
        return new DateRange(LocalDate.of(year, 1, 1), LocalDate.of(year, 12, 31));
    }

    /** The latest occurrence, already begun, of something yearly. */
    private static DateRange latest(IntFunction<DateRange> inYear, LocalDate today) {
        DateRange thisYear = inYear.apply(today.getYear());
        return thisYear.from().isAfter(today) ? inYear.apply(today.getYear() - 1) : thisYear;
    }

    private static DateRange feast(String year, LocalDate today, IntFunction<DateRange> inYear) {
        return year == null ? latest(inYear, today) : inYear.apply(Integer.parseInt(year));
    }

    private static List<DateRange> season(Matcher match, LocalDate today) {
        String name = match.group(2);
        if (match.group(1) == null && match.group(3) == null && !name.equals("summer")) {
            // Alone, "fall", "spring" and even "winter" mostly mean something else, or no date.
            return List.of();
        }
        int first = switch (name) {
            case "spring" -> 3;
            case "summer" -> 6;
            case "autumn", "fall" -> 9;
            default -> 12;
        };
        IntFunction<DateRange> inYear = year -> new DateRange(
                LocalDate.of(year, first, 1),
                LocalDate.of(year, first, 1).plusMonths(3).minusDays(1));
        if (match.group(3) != null) {
            int year = Integer.parseInt(match.group(3));
            // A winter can be named after either of its years.
            return List.of(first == 12 ? inYear.apply(year - 1).hull(inYear.apply(year)) : inYear.apply(year));
        }
        DateRange latest = latest(inYear, today);
        if ("last".equals(match.group(1)) && !latest.to().isBefore(today)) {
            latest = inYear.apply(latest.from().getYear() - 1);
        }
        if ("next".equals(match.group(1))) {
            latest = inYear.apply(latest.from().getYear() + 1);
        }
        return List.of(latest);
    }

    private static int number(String word) {
        Integer known = NUMBERS.get(word);
        return known == null ? Integer.parseInt(word) : known;
    }

    private static LocalDate back(LocalDate day, int count, String unit) {
        return switch (unit) {
            case "day" -> day.minusDays(count);
            case "month" -> day.minusMonths(count);
            case "year" -> day.minusYears(count);
            default -> day.minusWeeks(count);
        };
    }

    /** "Three weeks ago" is not exact to the day, so half a unit is added on both sides. */
    private static List<DateRange> ago(Matcher match, LocalDate today) {
        LocalDate day = back(today, number(match.group(1)), match.group(2));
        long half = switch (match.group(2)) {
            case "day" -> 0;
            case "month" -> 15;
            case "year" -> 183;
            default -> 4;
        };
        return List.of(new DateRange(day.minusDays(half), day.plusDays(half)));
    }

    private static int shift(String word) {
        return switch (word) {
            case "this" -> 0;
            case "next" -> 1;
            default -> -1;
        };
    }

    private static DateRange unit(String unit, int shift, LocalDate today) {
        LocalDate monday =
                today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).plusWeeks(shift);
        return switch (unit) {
            case "week" -> new DateRange(monday, monday.plusDays(6));
            case "weekend" -> new DateRange(monday.plusDays(5), monday.plusDays(6));
            case "month" -> {
                LocalDate first = today.withDayOfMonth(1).plusMonths(shift);
                yield new DateRange(first, first.with(lastDayOfMonth()));
            }
            default -> {
                LocalDate first = today.with(firstDayOfYear()).plusYears(shift);
                yield new DateRange(first, first.with(lastDayOfYear()));
            }
        };
    }

    private static DateRange weekday(Matcher match, LocalDate today) {
        DayOfWeek day = DayOfWeek.MONDAY;
        for (DayOfWeek one : DayOfWeek.values()) {
            if (one.name().toLowerCase(Locale.ROOT).startsWith(match.group(2).substring(0, 3))) {
                day = one;
            }
        }
        return DateRange.day(
                "next".equals(match.group(1))
                        ? today.with(TemporalAdjusters.next(day))
                        : today.with(TemporalAdjusters.previous(day)));
    }

    /** Easter Sunday of the Gregorian calendar (Butcher 1876, in Meeus, Astronomical Algorithms, chapter 8). */
    static LocalDate easter(int year) {
        int a = year % 19;
        int b = year / 100;
        int c = year % 100;
        int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
        int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
        int m = (a + 11 * h + 22 * l) / 451;
        int day = h + l - 7 * m + 114;
        return LocalDate.of(year, day / 31, day % 31 + 1);
    }
}
