package org.avatarengine.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.time.api.Dates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeWordsTest {
    /** A Wednesday. */
    private static final LocalDate TODAY = LocalDate.of(2024, 5, 15);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            What did you eat on 7 May 2023?          | 2023-05-07 | 2023-05-07
            the 3rd of June                          | 2023-06-03 | 2023-06-03
            on March 2nd, 2022                       | 2022-03-02 | 2022-03-02
            29 February                              | 2024-02-29 | 2024-02-29
            on 24.12.2022                            | 2022-12-24 | 2022-12-24
            on 2023-01-31                            | 2023-01-31 | 2023-01-31
            in May 2023                              | 2023-05-01 | 2023-05-31
            31 February 2023                         | 2023-02-01 | 2023-02-28
            in July                                  | 2023-07-01 | 2023-07-31
            in may                                   | 2024-05-01 | 2024-05-31
            between May and July 2023                | 2023-05-01 | 2023-07-31
            from 3 March until 5 March 2024          | 2024-03-03 | 2024-03-05
            in 2021                                  | 2021-01-01 | 2021-12-31
            last summer                              | 2023-06-01 | 2023-08-31
            in the summer of 2022                    | 2022-06-01 | 2022-08-31
            last winter                              | 2023-12-01 | 2024-02-29
            in winter 2022                           | 2021-12-01 | 2023-02-28
            at Christmas                             | 2023-12-24 | 2023-12-26
            on New Year's Eve 2022                   | 2022-12-31 | 2023-01-01
            Thanksgiving 2023                        | 2023-11-23 | 2023-11-23
            at Easter                                | 2024-03-29 | 2024-04-01
            yesterday                                | 2024-05-14 | 2024-05-14
            the day before yesterday                 | 2024-05-13 | 2024-05-13
            three weeks ago                          | 2024-04-20 | 2024-04-28
            two days ago                             | 2024-05-13 | 2024-05-13
            last Monday                              | 2024-05-13 | 2024-05-13
            on Wednesday                             | 2024-05-08 | 2024-05-08
            next Friday                              | 2024-05-17 | 2024-05-17
            last week                                | 2024-05-06 | 2024-05-12
            this weekend                             | 2024-05-18 | 2024-05-19
            last month                               | 2024-04-01 | 2024-04-30
            last year                                | 2023-01-01 | 2023-12-31
            in the last three weeks                  | 2024-04-24 | 2024-05-15
            """)
    void resolves(String text, LocalDate from, LocalDate to) {
        assertThat(TimeWords.in(text, TODAY)).containsExactly(new DateRange(from, to));
    }

    @Test
    void aDateThatCanBeReadInTwoWaysIsBoth() {
        assertThat(TimeWords.in("on 4/5/2023", TODAY))
                .containsExactly(DateRange.day(LocalDate.of(2023, 4, 5)), DateRange.day(LocalDate.of(2023, 5, 4)));
    }

    @ParameterizedTest
    @CsvSource({"may I ask you something", "march on", "did you fall", "in 12 steps", "she is 2020 strong", "sun"})
    void doesNotTakeOtherWordsForDates(String text) {
        assertThat(TimeWords.in(text, TODAY)).isEmpty();
    }

    @Test
    void easterFollowsTheGregorianCalendar() {
        // From the tables of the Book of Common Prayer, which go to 2299.
        assertThat(List.of(1961, 2000, 2019, 2025, 2038).stream().map(TimeWords::easter))
                .containsExactly(
                        LocalDate.of(1961, 4, 2),
                        LocalDate.of(2000, 4, 23),
                        LocalDate.of(2019, 4, 21),
                        LocalDate.of(2025, 4, 20),
                        LocalDate.of(2038, 4, 25));
    }

    @Provide
    Arbitrary<LocalDate> days() {
        return Dates.dates().between(LocalDate.of(1990, 1, 1), LocalDate.of(2049, 12, 31));
    }

    @Provide
    Arbitrary<String> phrases() {
        return Arbitraries.of(
                        "last",
                        "in",
                        "may",
                        "and",
                        "between",
                        "5",
                        "2023",
                        "weeks",
                        "ago",
                        "three",
                        "monday",
                        "\0",
                        "’",
                        "christmas",
                        "31",
                        "february",
                        "/",
                        "-",
                        ".",
                        "12",
                        "until",
                        "summer")
                .list()
                .ofMaxSize(12)
                .map(words -> String.join(" ", words));
    }

    @Property
    void aFullDateIsThatDay(@ForAll("days") LocalDate day, @ForAll("days") LocalDate today) {
        for (String pattern : List.of("yyyy-MM-dd", "d MMMM yyyy", "MMM d, yyyy", "dd.MM.yyyy")) {
            String text = "Where were you on "
                    + DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(day) + "?";
            assertThat(TimeWords.in(text, today)).as(text).containsExactly(DateRange.day(day));
        }
    }

    @Property
    void aDayWithoutAYearIsNotInTheFuture(@ForAll("days") LocalDate day, @ForAll("days") LocalDate today) {
        String text = DateTimeFormatter.ofPattern("d MMMM", Locale.ENGLISH).format(day);
        DateRange range = TimeWords.in(text, today).getFirst();
        assertThat(range.from()).isBeforeOrEqualTo(today);
        assertThat(range.from().getDayOfMonth()).isEqualTo(day.getDayOfMonth());
        assertThat(range.from().getMonth()).isEqualTo(day.getMonth());
    }

    @Property
    void anyTextIsRead(@ForAll("phrases") String text, @ForAll("days") LocalDate today) {
        assertThat(TimeWords.in(text, today)).allMatch(range -> !range.to().isBefore(range.from()));
    }
}
