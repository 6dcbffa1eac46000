package org.avatarengine.speech.transcription;

import io.github.givimad.whisperjni.WhisperContext;
import io.github.givimad.whisperjni.WhisperFullParams;
import io.github.givimad.whisperjni.WhisperJNI;
import io.github.givimad.whisperjni.WhisperSamplingStrategy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.avatarengine.failure.ModelException;
import org.avatarengine.speech.Span;
import org.avatarengine.speech.media.Sound;
import org.jspecify.annotations.Nullable;

/**
 * Whisper with whisper.cpp and the user's GGML file. It returns times of segments; the times of words within a segment
 * are estimated from their length.
 */
public final class WhisperCpp implements Transcriber {
    private final String name;
    private final WhisperJNI whisper;
    private final WhisperContext context;
    private final @Nullable String language;
    private final int threads;

    /** @param language the language, ISO 639-1; null to detect it */
    public WhisperCpp(Path model, @Nullable String language, int threads) {
        this.name = "whisper.cpp " + model.getFileName();
        this.language = language;
        this.threads = threads;
        try {
            // Its output on standard error would mix with the program's own.
            WhisperJNI.loadLibrary();
            WhisperJNI.setLibraryLogger(line -> {});
            whisper = new WhisperJNI();
            WhisperContext opened = whisper.init(model);
            if (opened == null) {
                throw new ModelException(
                        model + " is not a model of whisper.cpp (GGML): download or convert it again.", null);
            }
            context = opened;
        } catch (IOException | UnsatisfiedLinkError e) {
            throw new ModelException("whisper.cpp cannot open " + model + ": " + e.getMessage(), e);
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
        WhisperFullParams params = new WhisperFullParams(WhisperSamplingStrategy.GREEDY);
        params.nThreads = threads;
        params.language = language == null ? "auto" : language;
        params.noContext = true;
        params.printProgress = false;
        params.printTimestamps = false;
        params.printRealtime = false;
        params.suppressNonSpeechTokens = true;
        if (whisper.full(context, params, samples, samples.length) != 0) {
            throw new ModelException(name + " failed on a part of the recording.", null);
        }
        List<Word> words = new ArrayList<>();
        for (int i = 0; i < whisper.fullNSegments(context); i++) {
            double start = whisper.fullGetSegmentTimestamp0(context, i) / 100.0;
            double end = Math.min(
                    whisper.fullGetSegmentTimestamp1(context, i) / 100.0, samples.length / (double) Sound.RATE);
            words.addAll(spread(whisper.fullGetSegmentText(context, i), start, Math.max(start, end)));
        }
        return new Heard(words, language == null ? "und" : language);
    }

    /** The words of a segment, with times estimated from their length. */
    static List<Word> spread(String text, double start, double end) {
        String[] words = text.strip().split("\\s+", -1);
        int length = String.join("", words).length();
        List<Word> spread = new ArrayList<>();
        double at = start;
        for (String word : words) {
            if (!word.isEmpty()) {
                double until = Math.min(end, at + (end - start) * word.length() / length);
                // The library returns no probabilities.
                spread.add(new Word(word, new Span(at, Math.max(at, until)), 1));
                at = until;
            }
        }
        return spread;
    }

    /** Whether a file name looks like a model of whisper.cpp. */
    public static boolean isModel(Path file) {
        return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(".bin");
    }

    @Override
    public void close() {
        context.close();
    }
}
