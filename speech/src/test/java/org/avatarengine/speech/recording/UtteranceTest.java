package org.avatarengine.speech.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.avatarengine.speech.recording.Recordings.turn;
import static org.avatarengine.speech.recording.Recordings.utterance;
import static org.avatarengine.speech.recording.Recordings.words;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.avatarengine.speech.Span;
import org.avatarengine.speech.diarization.SpeakerTurn;
import org.avatarengine.speech.transcription.Word;
import org.avatarengine.speech.voice.SpeechRegions;
import org.junit.jupiter.api.Test;

class UtteranceTest {
    @Test
    void aShortAnswerIsAssignedToItsSpeaker() {
        List<Word> words = new ArrayList<>(words(0, "shall we go there"));
        words.addAll(words(2.1, "yes"));
        words.addAll(words(2.7, "good"));
        List<UtteranceCutter.Said> said =
                UtteranceCutter.cut(words, List.of(turn("A", 0, 2.05), turn("B", 2.05, 2.65), turn("A", 2.65, 4)));
        assertThat(said.stream().map(s -> s.speaker() + " " + s.words().size())).containsExactly("A 4", "B 1", "A 1");
    }

    @Test
    void aWordBetweenTurnsIsAssignedToTheNearerOne() {
        assertThat(UtteranceCutter.cut(words(5, "hm"), List.of(turn("A", 0, 4), turn("B", 5.7, 8)))
                        .getFirst()
                        .speaker())
                .isEqualTo("B");
    }

    @Test
    void aLongSilenceEndsAnUtterance() {
        for (double pause : new double[] {0.9, 1.5, 2.5}) {
            List<Word> within = new ArrayList<>(words(0, "one two"));
            within.addAll(words(1 + pause, "three"));
            assertThat(UtteranceCutter.cut(within, List.of(turn("A", 0, 4)))).hasSize(pause > 2 ? 2 : 1);
            List<Word> after = new ArrayList<>(words(0, "one two."));
            after.addAll(words(1 + pause, "three"));
            assertThat(UtteranceCutter.cut(after, List.of(turn("A", 0, 4)))).hasSize(pause > 1 ? 2 : 1);
        }
    }

    @Property(tries = 100)
    void everyWordHasOneSpeakerAndNoneIsLost(@ForAll @Size(max = 40) List<@DoubleRange(max = 0.9) Double> gaps) {
        List<Word> words = new ArrayList<>();
        double at = 0;
        for (double gap : gaps) {
            at += gap * 3;
            words.add(new Word("w", new Span(at, at + 0.2), 1));
            at += 0.2;
        }
        List<SpeakerTurn> turns = List.of(turn("A", 0, 10), turn("B", 8, 30), turn("A", 31, 50));
        List<Word> back = UtteranceCutter.cut(words, turns).stream()
                .flatMap(said -> said.words().stream())
                .toList();
        assertThat(back).isEqualTo(words);
    }

    /** Calculated by hand. */
    @Test
    void turnTakingIsMeasured() {
        List<Utterance> utterances = List.of(
                utterance(0, "A", 0, "um so how was it?"),
                utterance(1, "B", 3, "it was a good um long day"),
                utterance(2, "A", 4, "yeah"),
                utterance(3, "A", 6, "and then what did they say?"));
        Map<String, SpeechStyle> styles = SpeechStyles.of(
                List.of(turn("A", 0, 2.5), turn("B", 3, 6.5), turn("A", 4, 4.5), turn("A", 6, 9)), utterances);
        SpeechStyle a = styles.get("A");
        assertThat(a.seconds()).isCloseTo(6, within(1e-9));
        assertThat(a.share()).isCloseTo(6 / 9.5, within(1e-9));
        assertThat(a.backchannels()).isEqualTo(1);
        assertThat(a.interruptions()).isEqualTo(1);
        assertThat(a.turns()).isEqualTo(2);
        assertThat(a.questions()).isCloseTo(2 / 3.0, within(1e-9));
        assertThat(a.fillers()).containsExactly("um");
        assertThat(a.fillersPer100Words()).isCloseTo(100 / 12.0, within(1e-9));
        assertThat(a.wordsPerMinute()).isCloseTo(120, within(1e-9));
        assertThat(a.responseSeconds()).isCloseTo(-0.5, within(1e-9));
        SpeechStyle b = styles.get("B");
        assertThat(b.interrupted()).isEqualTo(1);
        assertThat(b.responseSeconds()).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void aTurnAfterTheEndOfASentenceIsNoInterruption() {
        List<SpeakerTurn> turns = List.of(turn("A", 0, 2), turn("B", 2, 4));
        assertThat(SpeechStyles.of(turns, List.of(utterance(0, "A", 0, "that was all."), utterance(1, "B", 2, "I see")))
                        .get("B")
                        .interruptions())
                .isZero();
        assertThat(SpeechStyles.of(turns, List.of(utterance(0, "A", 0, "that was when"), utterance(1, "B", 2, "I see")))
                        .get("B")
                        .interruptions())
                .isEqualTo(1);
    }

    @Test
    void spokenNamesIdentifySpeakers() {
        List<Recording.NameHint> hints = NameHints.of(List.of(
                utterance(0, "Speaker 1", 0, "Hi everybody, I'm Anna and this is our talk"),
                utterance(1, "Speaker 1", 10, "Ben, what do you think?"),
                utterance(2, "Speaker 2", 20, "I like it")));
        assertThat(hints).anySatisfy(hint -> {
            assertThat(hint.speaker()).isEqualTo("Speaker 1");
            assertThat(hint.name()).isEqualTo("Anna");
            assertThat(hint.confidence()).isGreaterThanOrEqualTo(Identified.COUNTS);
        });
        assertThat(hints).anySatisfy(hint -> {
            assertThat(hint.speaker()).isEqualTo("Speaker 2");
            assertThat(hint.name()).isEqualTo("Ben");
            assertThat(hint.confidence()).isLessThan(Identified.COUNTS);
        });
    }

    @Property(tries = 60)
    void chunksHoldAllSpeechAndAreNotTooLong(
            @ForAll @Size(min = 1, max = 12) List<@DoubleRange(min = 0.1, max = 70) Double> lengths) {
        List<Span> speech = new ArrayList<>();
        double at = 0;
        for (double length : lengths) {
            speech.add(new Span(at, at + length));
            at += length + 0.5;
        }
        float[] probabilities = new float[(int) (at / SpeechRegions.STEP) + 1];
        for (int i = 0; i < probabilities.length; i++) {
            probabilities[i] = (float) Math.abs(Math.sin(i * 0.37));
        }
        List<Span> chunks = SpeechChunks.of(speech, probabilities, 20);
        assertThat(chunks).allSatisfy(chunk -> assertThat(chunk.length()).isLessThanOrEqualTo(20 + 1e-9));
        for (Span region : speech) {
            assertThat(chunks.stream().mapToDouble(region::overlap).sum()).isCloseTo(region.length(), within(1e-6));
        }
    }

    @Test
    void silenceAtTheEndsIsCutOff() {
        float[] probabilities = new float[100];
        Arrays.fill(probabilities, 40, 50, 0.9f);
        Span cut = SpeechRegions.trim(new Span(0.9, 2.5), probabilities);
        assertThat(cut.start()).isCloseTo(40 * 0.032, within(1e-9));
        assertThat(cut.end()).isCloseTo(50 * 0.032, within(1e-9));
        assertThat(SpeechRegions.trim(new Span(0.1, 0.5), probabilities)).isEqualTo(new Span(0.1, 0.5));
    }

    @Test
    void regionsNeedAPeakAndIncludeShortPauses() {
        float[] probabilities = new float[400];
        Arrays.fill(probabilities, 50, 100, 0.9f);
        Arrays.fill(probabilities, 110, 130, 0.5f);
        Arrays.fill(probabilities, 200, 230, 0.2f);
        List<Span> speech = SpeechRegions.of(probabilities, 12.8);
        assertThat(speech).hasSize(1);
        assertThat(speech.getFirst().start()).isCloseTo(50 * 0.032 - 0.2, within(1e-9));
        assertThat(speech.getFirst().end()).isCloseTo(130 * 0.032 + 0.2, within(1e-9));
    }
}
