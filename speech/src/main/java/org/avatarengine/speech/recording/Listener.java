package org.avatarengine.speech.recording;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.apache.commons.codec.digest.DigestUtils;
import org.avatarengine.emotion.Emotion;
import org.avatarengine.emotion.EmotionModel;
import org.avatarengine.failure.MediaException;
import org.avatarengine.files.WholeFile;
import org.avatarengine.progress.Progress;
import org.avatarengine.speech.Span;
import org.avatarengine.speech.diarization.Diarizer;
import org.avatarengine.speech.diarization.SpeakerTurn;
import org.avatarengine.speech.face.VideoFaces;
import org.avatarengine.speech.media.Ffmpeg;
import org.avatarengine.speech.media.Keyframes;
import org.avatarengine.speech.media.MediaInfo;
import org.avatarengine.speech.media.Sound;
import org.avatarengine.speech.transcription.Transcriber;
import org.avatarengine.speech.transcription.Word;
import org.avatarengine.speech.voice.SileroVad;
import org.avatarengine.speech.voice.SpeechRegions;
import org.avatarengine.text.Tokenizer;
import org.jspecify.annotations.Nullable;

/**
 * Processes a file: stores and decodes it, and finds the speech, the speakers, the words and the manner of speaking.
 * The result of each step is stored, so an interrupted run continues where it stopped.
 */
public final class Listener {
    private final RecordingStore store;
    private final Ffmpeg ffmpeg;
    private final Transcriber transcriber;
    private final Diarizer diarizer;
    private final Progress progress;
    private final BooleanSupplier stop;

    /** @param stop checked between small pieces of work; true ends the run early */
    public Listener(
            RecordingStore store,
            Ffmpeg ffmpeg,
            Transcriber transcriber,
            Diarizer diarizer,
            Progress progress,
            BooleanSupplier stop) {
        this.store = store;
        this.ffmpeg = ffmpeg;
        this.transcriber = transcriber;
        this.diarizer = diarizer;
        this.progress = progress;
        this.stop = stop;
    }

    /**
     * The user's information on a recording.
     *
     * @param speakers the number of speakers
     * @param track the number of the audio track, from 0; null for all tracks mixed
     * @param startedAt the time of the recording
     * @param again whether to process a recording again that was processed before
     */
    public record ListenOptions(
            @Nullable Integer speakers,
            @Nullable Integer track,
            @Nullable Instant startedAt,
            boolean again) {}

    /** The turns that were found, with the options they were found with. */
    private record Turns(String key, List<SpeakerTurn> turns) {}

    /**
     * Processes a file.
     *
     * @throws Stopped when {@code stop} returned true; the same call continues
     */
    public Recording listen(Path file, ListenOptions options) throws IOException {
        MediaInfo info = MediaInfo.of(ffmpeg, file);
        if (info.audio().isEmpty()) {
            throw new MediaException(file.getFileName() + " has no audio track: there is nothing to transcribe.", null);
        }
        String sha256 = digest(file);
        String id = RecordingStore.id(sha256);
        Path folder = store.create(id);
        if (options.again) {
            store.forget(id);
        }
        String original = keep(file, folder);
        String trackKey = options.track == null ? "" : "-" + options.track;
        Path pcm = folder.resolve("sound" + trackKey + ".pcm");
        if (!Files.exists(pcm)) {
            Sound.decode(ffmpeg, folder.resolve(original), info, options.track, pcm, this::at);
        }
        try (Sound sound = Sound.open(pcm)) {
            float[] probabilities = speech(sound, folder.resolve("speech" + trackKey + ".f32"));
            List<Span> regions = SpeechRegions.of(probabilities, sound.seconds());
            if (regions.isEmpty()) {
                throw new MediaException(file.getFileName() + " is silent: nobody speaks in it.", null);
            }
            List<SpeakerTurn> turns = turns(sound, regions, probabilities, options, folder.resolve("turns.json"));
            List<Transcriber.Heard> heard =
                    words(sound, regions, probabilities, trackKey, folder.resolve(RecordingStore.WORDS));
            // Attention and clustering assign silence to adjacent words and turns; the speech detector is more
            // reliable.
            List<Word> words = heard.stream()
                    .flatMap(one -> one.words().stream())
                    .map(word ->
                            new Word(word.text(), SpeechRegions.word(word.span(), probabilities), word.probability()))
                    .toList();
            List<SpeakerTurn> spoken = turns.stream()
                    .map(turn -> new SpeakerTurn(turn.speaker(), SpeechRegions.trim(turn.span(), probabilities)))
                    .toList();
            List<Utterance> utterances = utterances(sound, words, turns);
            Recording recording = new Recording(
                    id,
                    String.valueOf(file.getFileName()),
                    sha256,
                    original,
                    startedAt(file, info, options),
                    sound.seconds(),
                    info,
                    transcriber.name(),
                    diarizer.name(),
                    language(heard),
                    turns,
                    utterances,
                    new TreeMap<>(SpeechStyles.of(spoken, utterances)),
                    NameHints.of(utterances));
            if (info.video() != null) {
                Keyframes.keep(ffmpeg, folder.resolve(original), folder.resolve("keyframes"), this::at);
                VideoFaces.keep(ffmpeg, folder.resolve(original), info, folder.resolve("faces"), this::at);
            }
            store.save(recording);
            return recording;
        } finally {
            if (Files.exists(folder.resolve(RecordingStore.RECORDING))) {
                // It is large and can be decoded again from the original.
                Files.deleteIfExists(pcm);
            }
        }
    }

    private void at(String stage, long done, long total) {
        if (stop.getAsBoolean()) {
            throw new Stopped();
        }
        progress.at(stage, done, total);
    }

    /** Passes an interruption through code that cannot throw InterruptedException. */
    public static final class Stopped extends RuntimeException {
        private Stopped() {
            super("stopped", null, false, false);
        }
    }

    private String digest(Path file) throws IOException {
        MessageDigest digest = DigestUtils.getSha256Digest();
        long size = Files.size(file);
        long done = 0;
        byte[] buffer = new byte[1 << 20];
        try (InputStream in = Files.newInputStream(file)) {
            int n = in.read(buffer);
            while (n > 0) {
                digest.update(buffer, 0, n);
                done += n;
                at("reading", done >> 20, size >> 20);
                n = in.read(buffer);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private String keep(Path file, Path folder) throws IOException {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        String ending =
                dot < 0 ? "" : name.substring(dot).toLowerCase(Locale.ROOT).replaceAll("[^.a-z0-9]", "");
        Path kept = folder.resolve("original" + ending);
        if (!Files.exists(kept)) {
            WholeFile.write(kept, out -> Files.copy(file, out));
        }
        return String.valueOf(kept.getFileName());
    }

    private float[] speech(Sound sound, Path file) throws IOException {
        if (Files.exists(file)) {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
            float[] known = new float[bytes.remaining() / Float.BYTES];
            bytes.asFloatBuffer().get(known);
            return known;
        }
        try (SileroVad vad = new SileroVad()) {
            float[] probabilities = vad.probabilities(sound, this::at);
            ByteBuffer bytes =
                    ByteBuffer.allocate(probabilities.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(probabilities);
            WholeFile.write(file, bytes.array());
            return probabilities;
        }
    }

    private List<SpeakerTurn> turns(
            Sound sound, List<Span> regions, float[] probabilities, ListenOptions options, Path file)
            throws IOException {
        String key = diarizer.name() + " " + options.speakers + " " + options.track;
        Turns known = RecordingStore.read(file, Turns.class);
        if (known != null && known.key.equals(key)) {
            return known.turns;
        }
        at("distinguishing speakers", 0, (long) sound.seconds());
        List<SpeakerTurn> turns = diarizer.diarize(sound, regions, probabilities, options.speakers);
        RecordingStore.write(file, new Turns(key, turns));
        return turns;
    }

    private List<Transcriber.Heard> words(
            Sound sound, List<Span> regions, float[] probabilities, String trackKey, Path file) throws IOException {
        List<Span> chunks = SpeechChunks.of(regions, probabilities, transcriber.longest());
        String key = transcriber.name() + " " + transcriber.language() + trackKey + " " + chunks.hashCode();
        try (WordJournal journal = new WordJournal(file, key)) {
            for (int i = journal.heard().size(); i < chunks.size(); i++) {
                Span chunk = chunks.get(i);
                at("transcribing", (long) chunk.start(), (long) sound.seconds());
                Transcriber.Heard heard = transcriber.transcribe(sound.read(chunk.start(), chunk.end()));
                journal.add(new Transcriber.Heard(
                        heard.words().stream()
                                .map(word -> word.later(chunk.start()))
                                .toList(),
                        heard.language()));
            }
            return List.copyOf(journal.heard());
        }
    }

    private static List<Utterance> utterances(Sound sound, List<Word> words, List<SpeakerTurn> turns) {
        List<UtteranceCutter.Said> said = UtteranceCutter.cut(words, turns);
        List<Utterance.Voice> voices = Voices.of(sound, said);
        EmotionModel emotions = EmotionModel.bundled();
        List<Utterance> utterances = new ArrayList<>();
        for (int i = 0; i < said.size(); i++) {
            UtteranceCutter.Said one = said.get(i);
            String text = String.join(" ", one.words().stream().map(Word::text).toList());
            Emotion emotion = emotions.judge(Tokenizer.tokens(text), null).emotion();
            utterances.add(
                    new Utterance(i, one.speaker(), one.span(), List.copyOf(one.words()), emotion, voices.get(i)));
        }
        return utterances;
    }

    /** The language of most words. */
    private static String language(List<Transcriber.Heard> heard) {
        Map<String, Integer> words = new TreeMap<>();
        heard.forEach(one -> words.merge(one.language(), one.words().size(), Integer::sum));
        return words.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse("und");
    }

    private static Instant startedAt(Path file, MediaInfo info, ListenOptions options) throws IOException {
        if (options.startedAt != null) {
            return options.startedAt;
        }
        return info.recordedAt() != null
                ? info.recordedAt()
                : Files.getLastModifiedTime(file).toInstant();
    }
}
