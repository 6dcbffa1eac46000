package org.avatarengine.speech.transcription;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.avatarengine.speech.OnnxModel;
import org.avatarengine.speech.Span;
import org.avatarengine.speech.media.Sound;
import org.jspecify.annotations.Nullable;

/**
 * The bundled model Moonshine tiny (27 million parameters, 8 bits, MIT): English only, about as accurate as Whisper
 * tiny.
 *
 * @see <a href="https://arxiv.org/abs/2410.15608">Jeffries et al. 2024</a>
 */
public final class MoonshineTranscriber implements Transcriber {
    private static final String FOLDER = "moonshine-tiny-en/";
    private static final int START = 1;
    private static final int END = 2;

    /** The maximum speaking rate; longer texts are hallucinated. */
    private static final double TOKENS_A_SECOND = 6.5;

    /** The root mean square to which speech is normalized. */
    private static final double LOUDNESS = 0.06;

    /** The minimum length for its convolutions. */
    private static final int SHORTEST = Sound.RATE / 10;

    private static final int SILENCE = Sound.RATE / 4;

    private final OrtSession encoder;
    private final MergedDecoder decoder;
    private final LlamaVocabulary vocabulary;

    public MoonshineTranscriber(int threads) {
        encoder = OnnxModel.bundled(FOLDER + "encoder_model.onnx", threads);
        decoder = new MergedDecoder(
                OnnxModel.resource(FOLDER + "decoder_model_merged.onnx"), "Moonshine's decoder", threads);
        vocabulary = new LlamaVocabulary(
                new String(OnnxModel.resource(FOLDER + "llama-tokenizer.js"), StandardCharsets.UTF_8));
    }

    @Override
    public String name() {
        return "moonshine-tiny-en";
    }

    @Override
    public double longest() {
        return 20;
    }

    @Override
    public @Nullable String language() {
        return "en";
    }

    @Override
    public Heard transcribe(float[] samples) {
        if (samples.length < SHORTEST) {
            return new Heard(List.of(), "en");
        }
        float[] louder = loud(samples);
        List<Word> words = hear(louder, SILENCE);
        if (words.isEmpty()) {
            // Sometimes it returns no text, but transcribes the same speech well with a different silence around it.
            words = hear(louder, 0);
        }
        return new Heard(words, "en");
    }

    /** @param silence the number of samples of silence before and after, as in its training data */
    private List<Word> hear(float[] samples, int silence) {
        float[] padded = new float[samples.length + 2 * silence];
        System.arraycopy(samples, 0, padded, silence, samples.length);
        double offset = silence / (double) Sound.RATE;
        double end = samples.length / (double) Sound.RATE;
        return OnnxModel.call(name(), () -> {
            try (OnnxTensor sound = OnnxTensor.createTensor(
                            OrtEnvironment.getEnvironment(), FloatBuffer.wrap(padded), new long[] {1, padded.length});
                    OrtSession.Result heard = encoder.run(Map.of("input_values", sound))) {
                return write((OnnxTensor) heard.get(0), padded.length / (double) Sound.RATE).stream()
                        .map(word -> new Word(
                                word.text(),
                                new Span(
                                        Math.clamp(word.span().start() - offset, 0, end),
                                        Math.clamp(word.span().end() - offset, 0, end)),
                                word.probability()))
                        .toList();
            }
        });
    }

    private static float[] loud(float[] samples) {
        double power = 1e-10;
        for (float sample : samples) {
            power += sample * sample / samples.length;
        }
        float gain = (float) Math.clamp(LOUDNESS / Math.sqrt(power), 0.1, 30);
        float[] louder = new float[samples.length];
        for (int i = 0; i < samples.length; i++) {
            louder[i] = Math.clamp(samples[i] * gain, -1, 1);
        }
        return louder;
    }

    private List<Word> write(OnnxTensor heard, double seconds) {
        Tokens tokens = new Tokens();
        int most = (int) Math.ceil(seconds * TOKENS_A_SECOND);
        try (MergedDecoder.Writing writing = decoder.write(heard)) {
            MergedDecoder.Step step = writing.step(START);
            int next = Tokens.greatest(step.logits());
            while (next != END && tokens.ids().size() < most) {
                tokens.add(
                        next,
                        Tokens.probability(step.logits(), next),
                        step.attention().getFirst());
                int repeated = Repetition.at(tokens.ids());
                if (repeated > 0) {
                    tokens.keep(tokens.ids().size() - 3 * repeated);
                    break;
                }
                step = writing.step(next);
                next = Tokens.greatest(step.logits());
            }
        }
        int frames = (int) heard.getInfo().getShape()[1];
        return tokens.words(vocabulary::beginsWord, vocabulary::decode, frames, seconds);
    }

    @Override
    public void close() {
        decoder.close();
        OnnxModel.call(name(), () -> {
            encoder.close();
            return true;
        });
    }
}
