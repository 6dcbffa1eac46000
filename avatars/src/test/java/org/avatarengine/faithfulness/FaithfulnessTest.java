package org.avatarengine.faithfulness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FaithfulnessTest {
    private static final List<String> LOUD =
            List.of("OMG YES!!! 😂", "no way!!! 😂😂", "WHAT!!! I can't", "so good!!! ❤️");
    private static final List<String> DRY = List.of(
            "I shall be at the office by nine.",
            "The report is on the table, as usual.",
            "Please forward it to the board.",
            "It was not what we had agreed on.");

    @Test
    void equalTextsHaveDistanceZeroAndDifferentOnesMore() {
        assertThat(StyleDistance.between(LOUD, LOUD).all()).isZero();
        StyleDistance.Distances far = StyleDistance.between(LOUD, DRY);
        assertThat(far.emoji()).isEqualTo(0.75);
        assertThat(far.length()).as("no loud one is as long as any dry one").isEqualTo(1);
        assertThat(far.all())
                .isGreaterThan(StyleDistance.between(LOUD, LOUD.subList(0, 2)).all());
    }

    @Property(tries = 200)
    void distancesAreMeasures(
            @ForAll @Size(min = 1, max = 4) List<String> one, @ForAll @Size(min = 1, max = 4) List<String> other) {
        StyleDistance.Distances there = StyleDistance.between(one, other);
        StyleDistance.Distances back = StyleDistance.between(other, one);
        assertThat(there.all()).isBetween(0.0, 1.0).isCloseTo(back.all(), within(1e-9));
        assertThat(StyleDistance.between(one, one).all()).isCloseTo(0, within(1e-6));
    }

    @Test
    void chrFIsThatOfThePaper() {
        assertThat(ChrF.of("see you", "see you")).isEqualTo(1);
        assertThat(ChrF.of("abc", "xyz")).isZero();
        assertThat(ChrF.of("", "xyz")).isZero();
        // Unigrams 1/2 and 1/2, bigrams 0 of 1: precision and recall are 1/4 each, and so is F.
        assertThat(ChrF.of("ab", "ac")).isCloseTo(0.25, within(1e-9));
        // Unigrams: 2 of 2 and 2 of 3; bigrams: 1 of 1 and 1 of 2; trigrams: none of 0 and 0 of 1.
        double precision = 2.0 / 3;
        double recall = (2.0 / 3 + 0.5) / 3;
        assertThat(ChrF.of("ab", "abc")).isCloseTo(5 * precision * recall / (4 * precision + recall), within(1e-9));
    }

    @Test
    void theAuthorIsRecognizedByStyle() {
        Authorship authorship = new Authorship(Map.of("loud", LOUD, "dry", DRY));
        assertThat(authorship.author(List.of("that is sooo good!!! 😂"))).isEqualTo("loud");
        assertThat(authorship.author(List.of("We had agreed on nine, as usual.")))
                .isEqualTo("dry");
        assertThat(authorship.people()).isEqualTo(2);
    }

    @Test
    void intervalsContainTheirFigure() {
        // Half of each, in no order that the groups of the jackknife could fall in with.
        List<Integer> shuffled =
                new ArrayList<>(IntStream.range(0, 100).mapToObj(i -> i % 2).toList());
        Collections.shuffle(shuffled, new Random(4));
        double[] figures = shuffled.stream().mapToDouble(i -> i).toArray();
        Interval mean = Interval.mean(figures);
        assertThat(mean.value()).isEqualTo(0.5);
        // The standard error of a share of one half in 100 is 0.05.
        assertThat(mean.low()).isCloseTo(0.4, within(0.03));
        assertThat(mean.high()).isCloseTo(0.6, within(0.03));
        Interval jackknife = Interval.jackknife(
                100,
                sample -> IntStream.of(sample)
                        .mapToDouble(i -> figures[i])
                        .average()
                        .orElse(0));
        assertThat(jackknife.value()).isEqualTo(0.5);
        assertThat(jackknife.low()).isBetween(0.35, 0.45);
        assertThat(jackknife.high()).isBetween(0.55, 0.65);
    }
}
