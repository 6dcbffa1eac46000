package org.avatarengine.source.apps.whatsapp;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.chrono.HijrahChronology;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The date format of one file. WhatsApp uses the format of the phone's language and region, which the file does not
 * name. The format is therefore derived from all dates in the file: an order of day, month and year that gives an
 * invalid date is excluded, and of the others the one in which the messages are in chronological order is used.
 */
final class Dates {
    /** The order of the numbers in a date. */
    enum Order {
        DAY_MONTH_YEAR(0, 1, 2, "day/month/year"),
        MONTH_DAY_YEAR(1, 0, 2, "month/day/year"),
        YEAR_MONTH_DAY(2, 1, 0, "year/month/day");

        private final int day;
        private final int month;
        private final int year;
        private final String words;

        Order(int day, int month, int year, String words) {
            this.day = day;
            this.month = month;
            this.year = year;
            this.words = words;
        }
    }

    /** Regions whose short dates begin with the month. */
    private static final Set<String> MONTH_FIRST =
            Set.of("US", "PH", "FM", "GU", "MH", "MP", "PW", "PR", "VI", "AS", "UM", "PA");

    /** Those of them in which the month may have a leading zero. */
    private static final Set<String> PADDED_MONTH_FIRST = Set.of("PR", "PA");

    /** Regions whose dates begin with the year, also if it has only two digits. */
    private static final Set<String> YEAR_FIRST = Set.of("CN", "HU", "JP", "KR", "LT", "MN", "TW");

    /** Words for the hours from noon, only their letters, in lower case. */
    private static final Set<String> AFTERNOON = Set.of(
            "pm",
            "nachm",
            "nm",
            "em",
            "ip",
            "du",
            "μμ",
            "odp",
            "odpoledne",
            "popołudniu",
            "popoldne",
            "popodne",
            "ös",
            "пп",
            "слоб",
            "երեկոյան",
            "م",
            "مساء",
            "مساءً",
            "بعدازظهر",
            "بظ",
            "अपराह्न",
            "शाम",
            "दोपहर",
            "রাত",
            "বিকাল",
            "பிற்பகல்",
            "మధ్యాహ్నం",
            "ಅಪರಾಹ್ನ",
            "ഉച്ചയ്ക്ക്",
            "หลังเที่ยง",
            "오후",
            "午後",
            "下午",
            "晚上",
            "ch",
            "ptg",
            "petang",
            "mch",
            "mchana",
            "jioni",
            "hapon",
            "md",
            "sore",
            "malam",
            "אחהצ",
            "tarde",
            "noche",
            "pomeriggio");

    private static final Set<String> MORNING = Set.of(
            "am",
            "vorm",
            "vm",
            "fm",
            "ap",
            "de",
            "πμ",
            "dop",
            "dopoledne",
            "rano",
            "dopoldne",
            "prepodne",
            "öö",
            "дп",
            "проб",
            "կեսօրից",
            "ص",
            "صباحا",
            "صباحًا",
            "قبلازظهر",
            "قظ",
            "पूर्वाह्न",
            "सुबह",
            "सकाळ",
            "সকাল",
            "முற்பகல்",
            "ఉదయం",
            "ಪೂರ್ವಾಹ್ನ",
            "രാവിലെ",
            "ก่อนเที่ยง",
            "오전",
            "午前",
            "上午",
            "凌晨",
            "早上",
            "sa",
            "pg",
            "pagi",
            "asb",
            "asubuhi",
            "umaga",
            "pd",
            "לפנהצ",
            "בבוקר",
            "mañana",
            "mattina");

    /** Noon in Chinese. */
    private static final Set<String> MIDDAY = Set.of("中午");

    private final Order order;
    private final ZoneId zone;
    private final String reason;

    private Dates(Order order, ZoneId zone, String reason) {
        this.order = order;
        this.zone = zone;
        this.reason = reason;
    }

    /** How the dates are read, for the user. */
    @Override
    public String toString() {
        return "dates read as " + order.words + reason;
    }

    /** Determines the date format of a file from its headers. */
    static final class Finder {
        private final List<Order> possible = new ArrayList<>(List.of(Order.values()));
        private final int[] backward = new int[Order.values().length];
        private final @Nullable LocalDate[] before = new LocalDate[Order.values().length];
        private final Set<String> unknownBefore = new TreeSet<>();
        private final Set<String> unknownAfter = new TreeSet<>();
        private boolean padded;
        /** Whether day and month are the same number in every date, so that their order does not matter. */
        private boolean same = true;

        private boolean pastNoon;
        private char separator = '/';

        void take(Header header) {
            padded |= header.padded();
            separator = header.separator();
            same &= header.date()[0] == header.date()[1];
            pastNoon |= header.hour() > 12;
            word(header.before(), unknownBefore);
            word(header.after(), unknownAfter);
            for (Order order : List.copyOf(possible)) {
                LocalDate date = date(header, order);
                if (date == null) {
                    possible.remove(order);
                    continue;
                }
                LocalDate last = before[order.ordinal()];
                backward[order.ordinal()] += last != null && date.isBefore(last) ? 1 : 0;
                before[order.ordinal()] = date;
            }
        }

        private static void word(String word, Set<String> unknown) {
            if (!word.isEmpty() && !AFTERNOON.contains(word) && !MORNING.contains(word) && !MIDDAY.contains(word)) {
                unknown.add(word);
            }
        }

        /**
         * Unknown words next to the hours 1 to 12, if there are two, because then morning and afternoon cannot be
         * distinguished. Empty when they can.
         */
        Set<String> wordsNotKnown() {
            return pastNoon
                    ? Set.of()
                    : unknownAfter.size() >= 2 ? unknownAfter : unknownBefore.size() >= 2 ? unknownBefore : Set.of();
        }

        /** The date format; null when no order gives only valid dates. */
        @Nullable
        Dates found(String region, ZoneId zone) {
            Order best = null;
            for (Order order : likeliestFirst(region)) {
                if (possible.contains(order)
                        && (best == null || backward[order.ordinal()] < backward[best.ordinal()])) {
                    best = order;
                }
            }
            if (best == null) {
                return null;
            }
            int fewest = backward[best.ordinal()];
            boolean open = !same
                    && separator == '/'
                    && List.of(Order.DAY_MONTH_YEAR, Order.MONTH_DAY_YEAR).stream()
                            .allMatch(order -> possible.contains(order) && backward[order.ordinal()] == fewest);
            return new Dates(best, zone, open ? ", as is usual in " + region : "");
        }

        private List<Order> likeliestFirst(String region) {
            boolean monthFirst = separator == '/' && (padded ? PADDED_MONTH_FIRST : MONTH_FIRST).contains(region);
            if (YEAR_FIRST.contains(region)) {
                return List.of(Order.YEAR_MONTH_DAY, Order.DAY_MONTH_YEAR, Order.MONTH_DAY_YEAR);
            }
            return monthFirst
                    ? List.of(Order.MONTH_DAY_YEAR, Order.DAY_MONTH_YEAR, Order.YEAR_MONTH_DAY)
                    : List.of(Order.DAY_MONTH_YEAR, Order.MONTH_DAY_YEAR, Order.YEAR_MONTH_DAY);
        }
    }

    private static @Nullable LocalDate date(Header header, Order order) {
        boolean yearFirst = header.firstDigits() > 2;
        if (yearFirst != (order == Order.YEAR_MONTH_DAY) && (yearFirst || header.lastDigits() > 2)) {
            return null;
        }
        int year = header.date()[order.year];
        int month = header.date()[order.month];
        int day = header.date()[order.day];
        try {
            return calendar(year < 100 ? 2000 + year : year, month, day, header.script());
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Phones in Iran, Saudi Arabia and Thailand use other calendars. */
    private static LocalDate calendar(int year, int month, int day, char zero) {
        if (year >= 2400) {
            return LocalDate.of(year - 543, month, day);
        }
        if (year >= 1300 && year < 1500) {
            return zero == '\u0660'
                    ? LocalDate.from(HijrahChronology.INSTANCE.date(year, month, day))
                    : persian(year, month, day);
        }
        return LocalDate.of(year, month, day);
    }

    /**
     * The Solar Hijri calendar: six months of 31 days, five of 30, and a last one of 29 or, in leap years, 30. Leap
     * years follow the 33-year cycle, which matches the astronomical calendar from 1178 to 1633 (Borkowski 1996).
     */
    private static LocalDate persian(int year, int month, int day) {
        boolean leap = Set.of(1, 5, 9, 13, 17, 22, 26, 30).contains(year % 33);
        int days = month <= 6 ? 31 : month <= 11 ? 30 : leap ? 30 : 29;
        if (month < 1 || month > 12 || day < 1 || day > days) {
            throw new DateTimeException("no such day");
        }
        // 1 Farvardin 1375 was 20 March 1996.
        long begin = LocalDate.of(1996, 3, 20).toEpochDay();
        for (int y = 1375; y < year; y++) {
            begin += Set.of(1, 5, 9, 13, 17, 22, 26, 30).contains(y % 33) ? 366 : 365;
        }
        for (int y = year; y < 1375; y++) {
            begin -= Set.of(1, 5, 9, 13, 17, 22, 26, 30).contains(y % 33) ? 366 : 365;
        }
        int before = month <= 7 ? (month - 1) * 31 : 186 + (month - 7) * 30;
        return LocalDate.ofEpochDay(begin + before + day - 1);
    }

    /** The time in a header; null when it is invalid. */
    @Nullable
    Instant at(Header header) {
        LocalDate date = date(header, order);
        int hour = hour(header);
        if (date == null || hour > 23 || header.minute() > 59 || header.second() > 59) {
            return null;
        }
        return LocalDateTime.of(date, java.time.LocalTime.of(hour, header.minute(), header.second()))
                .atZone(zone)
                .toInstant();
    }

    /**
     * The time of a header, independent of the time zone and of the order of day, month and year: the three numbers of
     * the date in ascending order, with two digits for the year, and the minute of the day. Android writes no seconds.
     */
    static String minuteAsWritten(Header header) {
        int[] date = IntStream.of(header.date())
                .map(number -> number >= 2000 && number < 2100 ? number - 2000 : number)
                .sorted()
                .toArray();
        return date[0] + "-" + date[1] + "-" + date[2] + " " + hour(header) + ":" + header.minute();
    }

    /** The hour of the day, 0 to 23 unless the file is wrong. */
    static int hour(Header header) {
        int hour = header.hour();
        boolean afternoon = AFTERNOON.contains(header.before()) || AFTERNOON.contains(header.after());
        boolean morning = MORNING.contains(header.before()) || MORNING.contains(header.after());
        boolean midday = MIDDAY.contains(header.before()) || MIDDAY.contains(header.after());
        if (afternoon && hour < 12 || midday && hour < 3) {
            return hour + 12;
        }
        return morning && hour == 12 ? 0 : hour;
    }
}
