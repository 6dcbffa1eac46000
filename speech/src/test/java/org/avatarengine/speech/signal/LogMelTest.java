package org.avatarengine.speech.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Compares results with those of numpy from the published definitions; see src/test/python/reference.py. */
class LogMelTest {
    private static JsonNode reference;
    private static float[] signal;

    @BeforeAll
    static void read() throws Exception {
        try (InputStream in = Objects.requireNonNull(LogMelTest.class.getResourceAsStream("logmel.json"))) {
            reference = JsonMapper.shared().readTree(in);
        }
        signal = new float[16000];
        for (int i = 0; i < signal.length; i++) {
            double t = i / 16000.0;
            signal[i] = (float) (0.3 * Math.sin(2 * Math.PI * 220 * t)
                    + 0.2 * Math.sin(2 * Math.PI * (500 + 1500 * t) * t)
                    + 0.05 * Math.sin(2 * Math.PI * 3100 * t));
        }
    }

    @Test
    void logMelMatchesWhisper() {
        float[] mels = LogMel.whisper(signal, 80);
        reference.path("whisper").properties().forEach(frame -> {
            int t = Integer.parseInt(frame.getKey());
            for (int m = 0; m < 80; m++) {
                assertThat((double) mels[m * LogMel.WHISPER_FRAMES + t])
                        .as("frame %d, filter %d", t, m)
                        .isCloseTo(frame.getValue().get(m).asDouble(), within(1e-4));
            }
        });
    }

    @Test
    void filterBanksMatchKaldi() {
        float[][] mels = LogMel.kaldi(signal);
        assertThat(mels).hasNumberOfRows(reference.path("kaldiFrames").asInt());
        reference.path("kaldi").properties().forEach(frame -> {
            int t = Integer.parseInt(frame.getKey());
            for (int m = 0; m < 80; m++) {
                assertThat((double) mels[t][m])
                        .as("frame %d, filter %d", t, m)
                        .isCloseTo(frame.getValue().get(m).asDouble(), within(2e-3));
            }
        });
    }

    @Test
    void tooShortASoundHasNoFrames() {
        assertThat(LogMel.kaldi(new float[399])).isEmpty();
    }
}
