package org.avatarengine.speech.transcription;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.avatarengine.speech.Span;
import org.junit.jupiter.api.Test;

class TranscriptionRulesTest {
    private static List<Long> tokens(long... ids) {
        return LongStream.of(ids).boxed().toList();
    }

    @Test
    void aPieceSaidFourTimesIsARepetition() {
        assertThat(Repetition.at(tokens(9, 1, 2, 1, 2, 1, 2, 1, 2))).isEqualTo(2);
        assertThat(Repetition.at(tokens(9, 1, 2, 1, 2, 1, 2))).isZero();
        assertThat(Repetition.at(tokens(5, 5, 5, 5))).isEqualTo(1);
        assertThat(Repetition.at(tokens(1, 2, 3, 4, 5, 6))).isZero();
    }

    /** Each token attends to different frames, which the path follows. */
    @Property(tries = 50)
    void wordsAreAlignedToWhatTheyAttendTo(
            @ForAll @IntRange(min = 2, max = 8) int count, @ForAll @IntRange(min = 8, max = 30) int each) {
        List<float[]> attention = new ArrayList<>();
        for (int t = 0; t < count; t++) {
            float[] row = new float[count * each];
            for (int f = t * each; f < (t + 1) * each; f++) {
                row[f] = 1f / each;
            }
            attention.add(row);
        }
        int[] begins = WordTimes.align(attention, count * each);
        for (int t = 0; t <= count; t++) {
            assertThat(begins[t]).isBetween(Math.max(0, t * each - 2), Math.min(count * each, t * each + 2));
        }
    }

    @Test
    void wordsOfASegmentShareItsTimeByTheirLength() {
        assertThat(WhisperCpp.spread(" a bcd ", 1, 5))
                .containsExactly(new Word("a", new Span(1, 2), 1), new Word("bcd", new Span(2, 5), 1));
        assertThat(WhisperCpp.spread("", 1, 5)).isEmpty();
    }
}
