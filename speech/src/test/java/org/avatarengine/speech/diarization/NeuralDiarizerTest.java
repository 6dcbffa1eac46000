package org.avatarengine.speech.diarization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.avatarengine.failure.ModelException;
import org.avatarengine.speech.OnnxBuilder;
import org.avatarengine.speech.Sounds;
import org.avatarengine.speech.Span;
import org.avatarengine.speech.media.Sound;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uses an artificial encoder that measures how much each mel band varies; no trained one comes with the program. */
class NeuralDiarizerTest {
    @TempDir
    Path folder;

    private Path encoder(Object... shape) throws Exception {
        boolean framesFirst = shape[2].equals(80);
        return Files.write(
                folder.resolve("encoder.onnx"),
                new OnnxBuilder()
                        .input("feats", OnnxBuilder.FLOAT, shape)
                        .output("embs", OnnxBuilder.FLOAT, "batch", 80)
                        .node("Mul", List.of("feats", "feats"), List.of("squares"))
                        .node(
                                "ReduceMean",
                                List.of("squares"),
                                List.of("power"),
                                OnnxBuilder.attribute("axes", new long[] {framesFirst ? 1 : 2}),
                                OnnxBuilder.attribute("keepdims", 0L))
                        // What noise moves by is about 1.
                        .constant("noise", new float[] {1.6f}, 1)
                        .node("Sub", List.of("power", "noise"), List.of("above"))
                        .node("Relu", List.of("above"), List.of("embs"))
                        .build());
    }

    /** A hum with one loud band that varies, so that the band identifies the voice. */
    private static float[] flicker(double seconds, double hertz) {
        float[] out = new float[(int) (seconds * Sound.RATE)];
        for (int i = 0; i < out.length; i++) {
            double t = i / (double) Sound.RATE;
            out[i] = (float) (0.3 * (0.55 + 0.45 * Math.sin(2 * Math.PI * 6 * t)) * Math.sin(2 * Math.PI * hertz * t)
                    + 0.001 * Math.sin(i * 12.9898 + i * i));
        }
        return out;
    }

    @Test
    void voicesThatTheEncoderDistinguishesAreSpeakers() throws Exception {
        float[] samples = Sounds.join(flicker(4, 400), flicker(4, 2500), flicker(4, 400));
        for (Object[] shape : List.of(new Object[] {"batch", "frames", 80}, new Object[] {"batch", 80, "frames"})) {
            try (Sound sound = Sounds.open(folder, samples);
                    NeuralDiarizer diarizer = new NeuralDiarizer(encoder(shape))) {
                List<SpeakerTurn> turns =
                        diarizer.diarize(sound, List.of(new Span(0, sound.seconds())), new float[0], null);
                List<SpeakerTurn> reference = List.of(
                        new SpeakerTurn("A", new Span(0, 4)),
                        new SpeakerTurn("B", new Span(4, 8)),
                        new SpeakerTurn("A", new Span(8, 12)));
                assertThat(DiarizationError.of(reference, turns, new Span(0, 12))
                                .rate())
                        .isLessThan(0.1);
            }
        }
    }

    @Test
    void aFileThatIsNotASpeakerEncoderIsRefused() throws Exception {
        Path other = Files.write(
                folder.resolve("other.onnx"),
                new OnnxBuilder()
                        .input("x", OnnxBuilder.FLOAT, 3, 3, 3, 3)
                        .output("y", OnnxBuilder.FLOAT, 3, 3, 3, 3)
                        .node("Identity", List.of("x"), List.of("y"))
                        .build());
        assertThatThrownBy(() -> new NeuralDiarizer(other))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("is not a speaker encoder");
        Path text = Files.writeString(folder.resolve("text.onnx"), "no model");
        assertThatThrownBy(() -> new NeuralDiarizer(text)).isInstanceOf(ModelException.class);
    }
}
