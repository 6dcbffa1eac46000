package org.avatarengine.speech.voice;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Map;
import org.avatarengine.progress.Progress;
import org.avatarengine.speech.OnnxModel;
import org.avatarengine.speech.media.Sound;

/**
 * Voice activity detection, 31.25 times per second, with Silero VAD 6 (MIT), a recurrent network.
 *
 * @see <a href="https://github.com/snakers4/silero-vad">Silero VAD</a>
 */
public final class SileroVad implements AutoCloseable {
    /** Samples per frame. */
    public static final int FRAME = 512;

    /** The number of samples of the previous frame that are part of the network's input. */
    private static final int CONTEXT = 64;

    private static final int STATE = 2 * 128;

    private final OrtSession session;

    public SileroVad() {
        session = OnnxModel.bundled("silero_vad_v6.onnx", 1);
    }

    /** The probability of speech in each frame of a recording. */
    public float[] probabilities(Sound sound, Progress progress) {
        int frames = Math.toIntExact((sound.length() + FRAME - 1) / FRAME);
        float[] probabilities = new float[frames];
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        return OnnxModel.call("Silero VAD", () -> {
            float[] input = new float[CONTEXT + FRAME];
            float[] state = new float[STATE];
            try (OnnxTensor rate =
                    OnnxTensor.createTensor(environment, LongBuffer.wrap(new long[] {Sound.RATE}), new long[] {1})) {
                for (int i = 0; i < frames; i++) {
                    sound.read((long) i * FRAME - CONTEXT, input, 0, input.length);
                    try (OnnxTensor samples = OnnxTensor.createTensor(
                                    environment, FloatBuffer.wrap(input), new long[] {1, input.length});
                            OnnxTensor before = OnnxTensor.createTensor(
                                    environment, FloatBuffer.wrap(state), new long[] {2, 1, 128});
                            OrtSession.Result result =
                                    session.run(Map.of("input", samples, "state", before, "sr", rate))) {
                        probabilities[i] =
                                ((OnnxTensor) result.get(0)).getFloatBuffer().get(0);
                        ((OnnxTensor) result.get(1)).getFloatBuffer().get(state);
                    }
                    if (i % 100 == 0 || i == frames - 1) {
                        progress.at(
                                "listening for speech", (long) (i + 1) * FRAME / Sound.RATE, (long) sound.seconds());
                    }
                }
            }
            return probabilities;
        });
    }

    @Override
    public void close() {
        OnnxModel.call("Silero VAD", () -> {
            session.close();
            return true;
        });
    }
}
