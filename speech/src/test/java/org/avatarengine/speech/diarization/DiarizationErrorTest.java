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

    /** Worked by hand: 10 s of A with B over its last 2 s, and B for 4 s more; found: X for 9 s, Y from 9 to 15. */
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
    void oneSpeakerForTwoConfusesTheShorter() {
        DiarizationError error = DiarizationError.of(
                List.of(turn("A", 0, 6), turn("B", 6, 10)), List.of(turn("X", 0, 10)), new Span(0, 10));
        assertThat(error.confused()).isCloseTo(4, within(1e-6));
    }

    /** The best match is not the one that takes the greatest overlap first. */
    @Test
    void speakersAreMatchedTogether() {
        DiarizationError error = DiarizationError.of(
                List.of(turn("A", 0, 10), turn("B", 10, 14)),
                List.of(turn("X", 0, 5), turn("Y", 5, 14)),
                new Span(0, 14));
        assertThat(error.confused()).isCloseTo(5, within(1e-6));
    }
}
