package org.avatarengine.speech.recording;

import java.io.IOException;
import java.nio.file.Path;
import org.avatarengine.failure.ModelException;
import org.avatarengine.speech.diarization.NeuralDiarizer;
import org.avatarengine.speech.media.Sound;
import org.avatarengine.speech.transcription.Transcriber;

/** A process that runs a model on two seconds of a hum, and succeeds if the model does. */
final class ModelTrial {
    /** The beginning of its line about a model, to distinguish it from the output of native libraries. */
    static final String MARK = "model: ";

    private ModelTrial() {}

    public static void main(String[] args) throws IOException {
        float[] hum = new float[2 * Sound.RATE];
        for (int i = 0; i < hum.length; i++) {
            hum[i] = (float) (0.1 * Math.sin(2 * Math.PI * 150 * i / Sound.RATE));
        }
        Path folder = Path.of(args[1]);
        try {
            switch (SpeechModels.Kind.valueOf(args[0])) {
                case WHISPER -> {
                    try (Transcriber transcriber = SpeechModels.whisper(folder, null, 1)) {
                        transcriber.transcribe(hum);
                    }
                }
                case SPEAKER -> {
                    try (NeuralDiarizer encoder = new NeuralDiarizer(SpeechModels.onnx(folder))) {
                        encoder.embed(hum);
                    }
                }
            }
        } catch (ModelException e) {
            System.err.println(MARK + e.getMessage());
            System.exit(1);
        }
    }
}
