package org.avatarengine.speech.diarization;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.avatarengine.failure.ModelException;
import org.avatarengine.speech.OnnxModel;
import org.avatarengine.speech.Span;
import org.avatarengine.speech.media.Sound;
import org.avatarengine.speech.signal.LogMel;
import org.jspecify.annotations.Nullable;

/**
 * Distinguishes voices with a speaker encoder that the user added as an ONNX file, with the inputs of WeSpeaker and
 * CAM++ (log mel energies {@code [1, frames, 80]}), of NeMo's TitaNet ({@code [1, 80, frames]} with a length), or with
 * samples ({@code [1, samples]}).
 */
public final class NeuralDiarizer implements Diarizer {
    /** The length of a window and the hop between windows, in seconds. */
    private static final double WINDOW = 1.5;

    private static final double STEP = 0.5;

    /** Windows with less similar voices belong to different speakers. */
    private static final double THRESHOLD = 0.45;

    private static final int MOST_SPEAKERS = 12;

    private enum Layout {
        FRAMES_FIRST,
        MELS_FIRST,
        SAMPLES
    }

    private final String file;
    private final OrtSession session;
    private final Layout layout;

    public NeuralDiarizer(Path model) {
        file = String.valueOf(model.getFileName());
        session = OnnxModel.file(model, Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
        layout = OnnxModel.call(file, () -> layout(session.getInputInfo()));
    }

    private Layout layout(Map<String, NodeInfo> inputs) {
        for (NodeInfo input : inputs.values()) {
            if (input.getInfo() instanceof TensorInfo tensor) {
                long[] shape = tensor.getShape();
                if (shape.length == 3 && shape[2] == LogMel.KALDI_MELS) {
                    return Layout.FRAMES_FIRST;
                } else if (shape.length == 3 && shape[1] == LogMel.KALDI_MELS) {
                    return Layout.MELS_FIRST;
                } else if (shape.length == 2) {
                    return Layout.SAMPLES;
                }
            }
        }
        throw new ModelException(
                file
                        + " takes neither 80 log mel energies nor samples: it is not a speaker encoder"
                        + " of a supported kind.",
                null);
    }

    @Override
    public String name() {
        return "speaker encoder " + file;
    }

    /** The embedding of the voice in a span, a vector of length 1. */
    public double[] embed(float[] samples) {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        return OnnxModel.call(file, () -> {
            List<OnnxTensor> made = new ArrayList<>();
            Map<String, OnnxTensor> inputs = new HashMap<>();
            try {
                float[] data = layout == Layout.SAMPLES ? samples : mels(samples);
                int frames = data.length / LogMel.KALDI_MELS;
                for (Map.Entry<String, NodeInfo> input : session.getInputInfo().entrySet()) {
                    TensorInfo info = (TensorInfo) input.getValue().getInfo();
                    OnnxTensor tensor;
                    if (info.getShape().length == 1) {
                        tensor = OnnxTensor.createTensor(
                                environment, new long[] {layout == Layout.SAMPLES ? samples.length : frames});
                    } else {
                        long[] shape = switch (layout) {
                            case FRAMES_FIRST -> new long[] {1, frames, LogMel.KALDI_MELS};
                            case MELS_FIRST -> new long[] {1, LogMel.KALDI_MELS, frames};
                            case SAMPLES -> new long[] {1, samples.length};
                        };
                        tensor = OnnxTensor.createTensor(environment, FloatBuffer.wrap(data), shape);
                    }
                    made.add(tensor);
                    inputs.put(input.getKey(), tensor);
                }
                try (OrtSession.Result result = session.run(inputs)) {
                    // Some networks also return classes; the embedding is the last output.
                    FloatBuffer vector = ((OnnxTensor) result.get(result.size() - 1)).getFloatBuffer();
                    double[] voice = new double[vector.remaining()];
                    double length = 1e-12;
                    for (int d = 0; d < voice.length; d++) {
                        voice[d] = vector.get(d);
                        length += voice[d] * voice[d];
                    }
                    for (int d = 0; d < voice.length; d++) {
                        voice[d] /= Math.sqrt(length);
                    }
                    return voice;
                }
            } finally {
                made.forEach(OnnxTensor::close);
            }
        });
    }

    private float[] mels(float[] samples) {
        float[][] frames = LogMel.kaldi(samples);
        float[] flat = new float[frames.length * LogMel.KALDI_MELS];
        for (int t = 0; t < frames.length; t++) {
            for (int m = 0; m < LogMel.KALDI_MELS; m++) {
                flat[layout == Layout.FRAMES_FIRST ? t * LogMel.KALDI_MELS + m : m * frames.length + t] = frames[t][m];
            }
        }
        return flat;
    }

    @Override
    public List<SpeakerTurn> diarize(
            Sound sound, List<Span> speech, float[] probabilities, @Nullable Integer speakers) {
        List<double[]> voices = new ArrayList<>();
        List<Double> centres = new ArrayList<>();
        for (Span region : speech) {
            double last = Math.max(region.start(), region.end() - WINDOW);
            for (double at = region.start(); at == region.start() || at <= last; at += STEP) {
                float[] samples = sound.read(at, Math.min(region.end(), at + WINDOW));
                if (samples.length >= LogMel.KALDI_WINDOW) {
                    voices.add(embed(samples));
                    centres.add(Math.min(region.end(), at + WINDOW) / 2 + at / 2);
                }
            }
        }
        if (voices.isEmpty()) {
            return TurnCutter.cut(speech, t -> new double[] {1});
        }
        int[] labels = AverageLinkage.cluster(
                voices,
                speakers == null ? THRESHOLD : -1,
                speakers == null ? MOST_SPEAKERS : speakers,
                speakers == null ? 1 : speakers);
        int count = Arrays.stream(labels).max().orElse(0) + 1;
        double[][] middles = new double[count][voices.getFirst().length];
        for (int i = 0; i < labels.length; i++) {
            for (int d = 0; d < middles[0].length; d++) {
                middles[labels[i]][d] += voices.get(i)[d];
            }
        }
        return TurnCutter.cut(
                speech, t -> likeness(voices.get(nearest(centres, t / (double) TurnCutter.RATE)), middles));
    }

    private static int nearest(List<Double> centres, double at) {
        int found = Collections.binarySearch(centres, at);
        int after = found >= 0 ? found : -found - 1;
        if (after == 0) {
            return 0;
        }
        return after < centres.size() && centres.get(after) - at < at - centres.get(after - 1) ? after : after - 1;
    }

    private static double[] likeness(double[] voice, double[][] middles) {
        double[] likeness = new double[middles.length];
        for (int s = 0; s < middles.length; s++) {
            double dot = 0;
            double length = 1e-12;
            for (int d = 0; d < voice.length; d++) {
                dot += voice[d] * middles[s][d];
                length += middles[s][d] * middles[s][d];
            }
            likeness[s] = dot / Math.sqrt(length);
        }
        return likeness;
    }

    @Override
    public void close() {
        OnnxModel.call(file, () -> {
            session.close();
            return true;
        });
    }
}
