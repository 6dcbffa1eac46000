package org.avatarengine.speech.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ExportsTest {
    private static final Recording RECORDING = Recordings.of(
            Recordings.utterance(0, "Speaker 1", 0.5, "is it < or > & why?"),
            Recordings.utterance(1, "Speaker 2", 3661, "both"));

    private static final Map<String, String> NAMES = Map.of("Speaker 2", "Ben Ackerman");

    @Test
    void subRip() {
        assertThat(Exports.srt(RECORDING, NAMES)).isEqualTo("""
                1
                00:00:00,500 --> 00:00:04,000
                Speaker 1: is it < or > & why?

                2
                01:01:01,000 --> 01:01:01,500
                Ben Ackerman: both

                """);
    }

    @Test
    void webVttEscapesWhatWouldBeMarkup() {
        assertThat(Exports.vtt(RECORDING, NAMES)).isEqualTo("""
                WEBVTT

                00:00:00.500 --> 00:00:04.000
                <v Speaker 1>is it &lt; or &gt; &amp; why?

                01:01:01.000 --> 01:01:01.500
                <v Ben Ackerman>both

                """);
    }

    @Test
    void rttmHasNoSpacesInNames() {
        assertThat(Exports.rttm(RECORDING, NAMES)).isEqualToIgnoringNewLines("""
                SPEAKER 0123456789abcdef 1 0.500 3.500 <NA> <NA> Speaker_1 <NA> <NA>
                SPEAKER 0123456789abcdef 1 3661.000 0.500 <NA> <NA> Ben_Ackerman <NA> <NA>
                """);
    }

    @Test
    void wordsHaveMouthShapesThatFillTheirTime() {
        Exports.AnimatedWord word = Exports.animation(RECORDING, NAMES).getLast();
        assertThat(word.speaker()).isEqualTo("Ben Ackerman");
        assertThat(word.visemes().stream().map(Exports.Viseme::shape)).containsExactly("MBP", "O", "L");
        assertThat(word.visemes().getFirst().start()).isEqualTo(word.start());
        assertThat(word.visemes().getLast().end()).isEqualTo(word.end());
    }
}
