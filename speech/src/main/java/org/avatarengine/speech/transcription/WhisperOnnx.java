package org.avatarengine.speech.transcription;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.Deflater;
import org.avatarengine.failure.ModelException;
import org.avatarengine.speech.OnnxModel;
import org.avatarengine.speech.media.Sound;
import org.avatarengine.speech.signal.LogMel;
import org.jspecify.annotations.Nullable;

/**
 * Whisper with ONNX Runtime and the user's model folder. Decoding is greedy; a repetitive or improbable text is decoded
 * again at higher temperatures; a window without speech gives an empty text.
 *
 * @see <a href="https://arxiv.org/abs/2212.04356">Radford et al. 2022</a>
 */
public final class WhisperOnnx implements Transcriber {
    private static final double[] TEMPERATURES = {0, 0.2, 0.4, 0.6, 0.8, 1.0};

    /** A text with a higher compression ratio is repetitive. */
    private static final double MOST_COMPRESSED = 2.4;

    /** A text with a lower mean log probability of its tokens is unreliable. */
    private static final double LEAST_LOG = -1;

    private static final double NO_SPEECH = 0.6;
    private static final int MOST_TOKENS = 224;

    private final String name;
    private final WhisperFolder model;
    private final OrtSession encoder;
    private final MergedDecoder decoder;
    private final @Nullable String language;

    /** @param language the language, ISO 639-1; null to detect it */
    public WhisperOnnx(Path folder, @Nullable String language, int threads) {
        this.model = WhisperFolder.of(folder);
        this.name = "whisper " + folder.getFileName();
        if (language != null
                && !model.languages().isEmpty()
                && !model.languages().containsKey(language)) {
            throw new ModelException(name + " does not know the language " + language + ".", null);
        }
        // A model without language tokens supports English only.
        this.language = language == null && model.languages().isEmpty() ? "en" : language;
        encoder = OnnxModel.file(model.encoder(), threads);
        try {
            decoder = new MergedDecoder(Files.readAllBytes(model.decoder()), name, threads);
        } catch (IOException e) {
            throw new ModelException(model.decoder() + " cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public double longest() {
        return 30;
    }

    @Override
    public @Nullable String language() {
        return language;
    }

    @Override
    public Heard transcribe(float[] samples) {
        double seconds = Math.min(samples.length, LogMel.WHISPER_SAMPLES) / (double) Sound.RATE;
        float[] mels = LogMel.whisper(samples, model.filters());
        return OnnxModel.call(name, () -> {
            try (OnnxTensor sound = OnnxTensor.createTensor(
                            OrtEnvironment.getEnvironment(),
                            FloatBuffer.wrap(mels),
                            new long[] {1, model.filters(), LogMel.WHISPER_FRAMES});
                    OrtSession.Result heard = encoder.run(
                            Map.of(encoder.getInputNames().iterator().next(), sound))) {
                OnnxTensor states = (OnnxTensor) heard.get(0);
                String spoken = language == null ? detect(states) : language;
                return new Heard(words(states, spoken, seconds), spoken);
            }
        });
    }

    /** The language whose token is the most probable second token. */
    private String detect(OnnxTensor heard) {
        try (MergedDecoder.Writing writing = decoder.write(heard)) {
            float[] logits = writing.step(model.start()).logits();
            return model.languages().entrySet().stream()
                    .max(Comparator.comparingDouble(entry -> logits[entry.getValue()]))
                    .orElseThrow()
                    .getKey();
        }
    }

    private List<Word> words(OnnxTensor heard, String spoken, double seconds) {
        Written best = null;
        for (double temperature : TEMPERATURES) {
            Written written = write(heard, spoken, temperature);
            if (written.noSpeech > NO_SPEECH && written.tokens.meanLog() < LEAST_LOG) {
                return List.of();
            }
            boolean sound = !written.repeats();
            if (best == null || (sound && (best.repeats() || written.tokens.meanLog() > best.tokens.meanLog()))) {
                best = written;
            }
            if (sound && written.tokens.meanLog() >= LEAST_LOG) {
                break;
            }
        }
        if (best == null || best.repeats()) {
            return List.of();
        }
        int frames = (int) heard.getInfo().getShape()[1];
        int sounding = (int) Math.clamp(Math.ceil(frames * seconds / 30), 1, frames);
        return best.tokens.words(this::beginsWord, this::text, sounding, seconds);
    }

    /**
     * A text.
     *
     * @param noSpeech the probability of no speech at the beginning
     * @param repeats whether it is repetitive
     */
    private record Written(Tokens tokens, double noSpeech, boolean repeats) {}

    private Written write(OnnxTensor heard, String spoken, double temperature) {
        List<Long> prompt = new ArrayList<>();
        prompt.add((long) model.start());
        if (!model.languages().isEmpty()) {
            prompt.add((long) model.languages().getOrDefault(spoken, model.start()));
            prompt.add((long) model.transcribe());
        }
        if (model.noTimestamps() >= 0) {
            prompt.add((long) model.noTimestamps());
        }
        Random random = new Random(Double.hashCode(temperature));
        Tokens tokens = new Tokens();
        try (MergedDecoder.Writing writing = decoder.write(heard)) {
            double noSpeech = 0;
            MergedDecoder.Step step = writing.step(prompt.getFirst());
            if (model.noSpeech() >= 0) {
                noSpeech = Tokens.probability(step.logits(), model.noSpeech());
            }
            for (long token : prompt.subList(1, prompt.size())) {
                step = writing.step(token);
            }
            int next = choose(step.logits(), true, temperature, random);
            while (next != model.end() && tokens.ids().size() < MOST_TOKENS) {
                tokens.add(
                        next,
                        Tokens.probability(step.logits(), next),
                        step.attention().getFirst());
                step = writing.step(next);
                if (Repetition.at(tokens.ids()) > 0) {
                    return new Written(tokens, noSpeech, true);
                }
                next = choose(step.logits(), false, temperature, random);
            }
            return new Written(tokens, noSpeech, compression(text(tokens.ids())) > MOST_COMPRESSED);
        }
    }

    /** The next token. Suppressed tokens and all control tokens except the end are excluded. */
    int choose(float[] logits, boolean first, double temperature, Random random) {
        float[] allowed = logits.clone();
        for (int i = 0; i < allowed.length; i++) {
            boolean no = model.suppressed().contains(i)
                    || (first && model.suppressedFirst().contains(i))
                    || (i != model.end() && !model.isText(i));
            allowed[i] = no ? Float.NEGATIVE_INFINITY : allowed[i];
        }
        int best = Tokens.greatest(allowed);
        if (temperature == 0) {
            return best;
        }
        double sum = 0;
        for (float logit : allowed) {
            sum += Math.exp((logit - allowed[best]) / temperature);
        }
        double at = random.nextDouble() * sum;
        for (int i = 0; i < allowed.length; i++) {
            at -= Math.exp((allowed[i] - allowed[best]) / temperature);
            if (at <= 0) {
                return i;
            }
        }
        return best;
    }

    private boolean beginsWord(long token) {
        String text = text(List.of(token));
        // In languages without spaces, a token is a word or a part of one.
        return text.startsWith(" ") || (!text.isEmpty() && Character.isIdeographic(text.codePointAt(0)));
    }

    private String text(List<Long> tokens) {
        return model.tokenizer()
                .decode(tokens.stream()
                        .filter(model::isText)
                        .mapToLong(Long::longValue)
                        .toArray());
    }

    /** The compression ratio of a text with Deflate. */
    static double compression(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length == 0) {
            return 1;
        }
        try (Deflater deflater = new Deflater()) {
            deflater.setInput(bytes);
            deflater.finish();
            return (double) bytes.length / deflater.deflate(new byte[bytes.length + 64]);
        }
    }

    @Override
    public void close() {
        decoder.close();
        model.tokenizer().close();
        OnnxModel.call(name, () -> {
            encoder.close();
            return true;
        });
    }
}
