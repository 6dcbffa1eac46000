package org.avatarengine.speech.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Random;
import org.avatarengine.speech.Sounds;
import org.avatarengine.speech.media.Sound;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PitchTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(doubles = {75, 110, 180, 260, 400})
    void theFundamentalIsFoundAmongItsHarmonics(double hertz) throws Exception {
        float[] samples = new float[16000];
        for (int i = 0; i < samples.length; i++) {
            for (int h = 1; h <= 5; h++) {
                samples[i] += (float) (0.15 * Math.sin(2 * Math.PI * h * hertz * i / 16000));
            }
        }
        try (Sound sound = Sounds.open(folder, samples)) {
            float[] pitch = Pitch.of(sound, 0.2, 0.8);
            assertThat(pitch).hasSize(60);
            for (float found : pitch) {
                assertThat((double) found).isCloseTo(hertz, within(hertz * 0.01));
            }
        }
    }

    @Test
    void noiseAndSilenceAreNotVoiced() throws Exception {
        Random random = new Random(1);
        float[] samples = new float[32000];
        for (int i = 0; i < 16000; i++) {
            samples[i] = (float) (0.1 * random.nextGaussian());
        }
        try (Sound sound = Sounds.open(folder, samples)) {
            int voiced = 0;
            for (float found : Pitch.of(sound, 0, 2)) {
                voiced += found > 0 ? 1 : 0;
            }
            assertThat(voiced).isLessThan(10);
        }
    }
}
