package org.avatarengine.speech.diarization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.avatarengine.speech.Span;
import org.junit.jupiter.api.Test;

class DiarizationErrorTest {
    private static SpeakerTurn turn(String speaker, double from, double to) {
        return new SpeakerTurn(speaker, new Span(from, to));
    }

    /** Calculated by hand: A from 0 to 10 s and B from 8 to 14 s; found: X from 0 to 9 s and Y from 9 to 15 s. */
    @Test
    void theErrorIsThatOfTheBestMatch() {
        DiarizationError error = DiarizationError.of(
                List.of(turn("A", 0, 10), turn("B", 8, 14)),
                List.of(turn("X", 0, 9), turn("Y", 9, 15)),
                new Span(0, 20));
        assertThat(error.speech()).isCloseTo(16, within(1e-6));
        assertThat(error.missed()).isCloseTo(2, within(1e-6));
        assertThat(error.falseAlarm()).isCloseTo(1, within(1e-6));
        assertThat(error.confused()).isZero();
        assertThat(error.rate()).isCloseTo(3 / 16.0, within(1e-6));
    }

    @Test
    void oneSpeakerInsteadOfTwoConfusesTheShorter() {
        DiarizationError error = DiarizationError.of(
                List.of(turn("A", 0, 6), turn("B", 6, 10)), List.of(turn("X", 0, 10)), new Span(0, 10));
        assertThat(error.confused()).isCloseTo(4, within(1e-6));
    }

    /** A greedy matching by overlap would not find the minimum error here. */
    @Test
    void speakersAreMatchedTogether() {
        DiarizationError error = DiarizationError.of(
                List.of(turn("A", 0, 10), turn("B", 10, 14)),
                List.of(turn("X", 0, 5), turn("Y", 5, 14)),
                new Span(0, 14));
        assertThat(error.confused()).isCloseTo(5, within(1e-6));
    }
}
