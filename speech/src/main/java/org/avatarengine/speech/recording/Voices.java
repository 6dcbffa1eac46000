package org.avatarengine.speech.recording;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.avatarengine.speech.Span;
import org.avatarengine.speech.media.Sound;
import org.avatarengine.speech.signal.Pitch;

/** Measures the manner of speaking of utterances. */
final class Voices {
    /** The minimum number of a speaker's utterances for a comparison. */
    private static final int ENOUGH = 5;

    private Voices() {}

    static List<Utterance.Voice> of(Sound sound, List<UtteranceCutter.Said> said) {
        List<Utterance.Voice> plain = new ArrayList<>();
        for (UtteranceCutter.Said one : said) {
            plain.add(measure(sound, one.span()));
        }
        Map<String, List<Integer>> bySpeaker = new HashMap<>();
        for (int i = 0; i < said.size(); i++) {
            if (plain.get(i).pitch() > 0) {
                bySpeaker
                        .computeIfAbsent(said.get(i).speaker(), s -> new ArrayList<>())
                        .add(i);
            }
        }
        List<Utterance.Voice> voices = new ArrayList<>(plain);
        for (List<Integer> own : bySpeaker.values()) {
            if (own.size() >= ENOUGH) {
                double[] pitch = scores(own.stream()
                        .mapToDouble(i -> Math.log(plain.get(i).pitch()))
                        .toArray());
                double[] level = scores(
                        own.stream().mapToDouble(i -> plain.get(i).level()).toArray());
                for (int k = 0; k < own.size(); k++) {
                    Utterance.Voice voice = plain.get(own.get(k));
                    voices.set(
                            own.get(k),
                            new Utterance.Voice(
                                    voice.pitch(), voice.range(), voice.level(), (pitch[k] + level[k]) / 2));
                }
            }
        }
        return voices;
    }

    /** The z-score of each value. */
    private static double[] scores(double[] values) {
        double mean = Arrays.stream(values).average().orElse(0);
        double deviation = Math.sqrt(
                Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / values.length);
        return Arrays.stream(values)
                .map(v -> deviation == 0 ? 0 : (v - mean) / deviation)
                .toArray();
    }

    private static Utterance.Voice measure(Sound sound, Span span) {
        float[] pitch = Pitch.of(sound, span.start(), span.end());
        double[] voiced = new double[pitch.length];
        int count = 0;
        for (float hertz : pitch) {
            if (hertz > 0) {
                voiced[count++] = hertz;
            }
        }
        voiced = Arrays.copyOf(voiced, count);
        Arrays.sort(voiced);
        double median = count == 0 ? 0 : voiced[count / 2];
        double range = count == 0 ? 0 : 12 * Math.log(voiced[3 * count / 4] / voiced[count / 4]) / Math.log(2);
        double power = 1e-10;
        float[] samples = sound.read(span.start(), span.end());
        for (float sample : samples) {
            power += sample * sample / Math.max(1, samples.length);
        }
        return new Utterance.Voice(median, range, 10 * Math.log10(power), 0);
    }
}
