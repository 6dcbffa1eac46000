package org.avatarengine.speech;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.avatarengine.progress.Progress;
import org.avatarengine.speech.diarization.CepstralDiarizer;
import org.avatarengine.speech.diarization.DiarizationError;
import org.avatarengine.speech.diarization.Diarizer;
import org.avatarengine.speech.diarization.NeuralDiarizer;
import org.avatarengine.speech.diarization.SpeakerTurn;
import org.avatarengine.speech.media.Ffmpeg;
import org.avatarengine.speech.media.MediaInfo;
import org.avatarengine.speech.media.Sound;
import org.avatarengine.speech.transcription.MoonshineTranscriber;
import org.avatarengine.speech.transcription.Transcriber;
import org.avatarengine.speech.voice.SileroVad;
import org.avatarengine.speech.voice.SpeechRegions;

/**
 * Measures the processing of recordings: the diarization error rate (no collar, with overlap) on extracts of AMI, with a
 * single speaker as the baseline; the word errors on one speech; real-time factors.
 *
 * <p>Arguments: the folder with the recordings, a working folder, and optionally a speaker encoder.
 */
public final class SpeechBenchmark {
    private static final String WORDS =
            "and so my fellow americans ask not what your country can do for you ask what you"
                    + " can do for your country";

    private SpeechBenchmark() {}

    public static void main(String[] args) throws IOException {
        Path data = Path.of(args[0]);
        Path work = Files.createDirectories(Path.of(args[1]));
        Ffmpeg ffmpeg = Ffmpeg.find(work.resolve("tools"));
        diarize(data, work, ffmpeg, new CepstralDiarizer());
        if (args.length > 2) {
            try (NeuralDiarizer neural = new NeuralDiarizer(Path.of(args[2]))) {
                diarize(data, work, ffmpeg, neural);
            }
        }
        transcribe(data.resolve("jfk.wav"), work, ffmpeg);
    }

    private static Sound open(Path file, Path work, Ffmpeg ffmpeg) throws IOException {
        Path pcm = work.resolve(file.getFileName() + ".pcm");
        Sound.decode(ffmpeg, file, MediaInfo.of(ffmpeg, file), null, pcm, Progress.SILENT);
        return Sound.open(pcm);
    }

    private static void diarize(Path data, Path work, Ffmpeg ffmpeg, Diarizer diarizer) throws IOException {
        Map<String, List<SpeakerTurn>> reference = new LinkedHashMap<>();
        for (String line : Files.readAllLines(data.resolve("reference.rttm"))) {
            String[] fields = line.split("\\s+", -1);
            double start = Double.parseDouble(fields[3]);
            reference
                    .computeIfAbsent(fields[1], file -> new ArrayList<>())
                    .add(new SpeakerTurn(fields[7], new Span(start, start + Double.parseDouble(fields[4]))));
        }
        System.out.println("diarization by " + diarizer.name());
        double rates = 0;
        double errors = 0;
        double single = 0;
        double speech = 0;
        double seconds = 0;
        double vadTime = 0;
        double time = 0;
        try (SileroVad vad = new SileroVad()) {
            for (Map.Entry<String, List<SpeakerTurn>> file : reference.entrySet()) {
                try (Sound sound = open(data.resolve(file.getKey() + ".wav"), work, ffmpeg)) {
                    long began = System.nanoTime();
                    float[] probabilities = vad.probabilities(sound, Progress.SILENT);
                    vadTime += (System.nanoTime() - began) / 1e9;
                    List<Span> regions = SpeechRegions.of(probabilities, sound.seconds());
                    began = System.nanoTime();
                    List<SpeakerTurn> turns = diarizer.diarize(sound, regions, probabilities, null);
                    time += (System.nanoTime() - began) / 1e9;
                    Span whole = new Span(0, sound.seconds());
                    DiarizationError error = DiarizationError.of(file.getValue(), turns, whole);
                    DiarizationError one = DiarizationError.of(
                            file.getValue(),
                            regions.stream()
                                    .map(region -> new SpeakerTurn("one", region))
                                    .toList(),
                            whole);
                    System.out.printf(
                            Locale.ROOT,
                            "  %s %5.1f%%  missed %.2f s, false alarm %.2f s, confused %.2f s of %.2f s; %d speakers of %d;"
                                    + " one speaker for all %.1f%%%n",
                            file.getKey(),
                            100 * error.rate(),
                            error.missed(),
                            error.falseAlarm(),
                            error.confused(),
                            error.speech(),
                            turns.stream().map(SpeakerTurn::speaker).distinct().count(),
                            file.getValue().stream()
                                    .map(SpeakerTurn::speaker)
                                    .distinct()
                                    .count(),
                            100 * one.rate());
                    rates += error.rate();
                    errors += error.rate() * error.speech();
                    single += one.rate() * error.speech();
                    speech += error.speech();
                    seconds += sound.seconds();
                }
            }
        }
        System.out.printf(
                Locale.ROOT,
                "  mean of files %.1f%%, of all speech %.1f%% (one speaker for all %.1f%%); real-time factor: voice activity"
                        + " %.4f, speakers %.4f%n",
                100 * rates / reference.size(),
                100 * errors / speech,
                100 * single / speech,
                vadTime / seconds,
                time / seconds);
    }

    private static void transcribe(Path file, Path work, Ffmpeg ffmpeg) throws IOException {
        try (Sound sound = open(file, work, ffmpeg);
                Transcriber transcriber =
                        new MoonshineTranscriber(Runtime.getRuntime().availableProcessors())) {
            float[] samples = sound.read(0, sound.seconds());
            transcriber.transcribe(samples);
            long began = System.nanoTime();
            Transcriber.Heard heard = transcriber.transcribe(samples);
            double took = (System.nanoTime() - began) / 1e9;
            String[] found = String.join(
                            " ", heard.words().stream().map(word -> word.text()).toList())
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^a-z' ]", "")
                    .split(" ", -1);
            String[] truth = WORDS.split(" ", -1);
            System.out.printf(
                    Locale.ROOT,
                    "transcription by %s: %d word errors in %d words, real-time factor %.3f%n",
                    transcriber.name(),
                    distance(truth, found),
                    truth.length,
                    took / sound.seconds());
        }
    }

    /** The number of words to insert, delete or substitute. */
    private static int distance(String[] a, String[] b) {
        int[][] cost = new int[a.length + 1][b.length + 1];
        for (int i = 0; i <= a.length; i++) {
            for (int j = 0; j <= b.length; j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                } else {
                    int change = cost[i - 1][j - 1] + (a[i - 1].equals(b[j - 1]) ? 0 : 1);
                    cost[i][j] = Math.min(change, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
                }
            }
        }
        return cost[a.length][b.length];
    }
}
