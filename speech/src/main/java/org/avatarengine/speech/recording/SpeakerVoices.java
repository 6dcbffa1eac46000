package org.avatarengine.speech.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.avatarengine.progress.Progress;
import org.avatarengine.speech.diarization.NeuralDiarizer;
import org.avatarengine.speech.diarization.SpeakerTurn;
import org.avatarengine.speech.media.Ffmpeg;
import org.avatarengine.speech.media.Sound;
import org.jspecify.annotations.Nullable;

/** The embeddings of a recording's speakers by a speaker encoder. */
public final class SpeakerVoices {
    /** The length of speech in seconds that is enough for a voice. */
    private static final double ENOUGH = 60;

    private static final double LONGEST = 10;
    private static final double SHORTEST = 1;

    private SpeakerVoices() {}

    /**
     * Computes the embeddings from the longest turns of each speaker.
     *
     * @return the voice of each speaker with enough speech
     */
    public static Map<String, Voiceprints.Voiceprint> of(
            RecordingStore store, Ffmpeg ffmpeg, Recording recording, NeuralDiarizer encoder, Progress progress)
            throws IOException {
        Path folder = store.folder(recording.id());
        Path pcm = folder.resolve("voices.pcm");
        try {
            Sound.decode(ffmpeg, folder.resolve(recording.original()), recording.media(), null, pcm, progress);
            try (Sound sound = Sound.open(pcm)) {
                Map<String, Voiceprints.Voiceprint> voices = new HashMap<>();
                for (String speaker : recording.speakers()) {
                    List<SpeakerTurn> turns = new ArrayList<>(recording.turns().stream()
                            .filter(turn -> turn.speaker().equals(speaker)
                                    && turn.span().length() >= SHORTEST)
                            .sorted(Comparator.comparingDouble(
                                    turn -> -turn.span().length()))
                            .toList());
                    Voiceprints.Voiceprint voice = voice(sound, speaker, turns, encoder);
                    if (voice != null) {
                        voices.put(speaker, voice);
                    }
                }
                return voices;
            }
        } finally {
            Files.deleteIfExists(pcm);
        }
    }

    private static Voiceprints.@Nullable Voiceprint voice(
            Sound sound, String speaker, List<SpeakerTurn> turns, NeuralDiarizer encoder) {
        double[] sum = null;
        double seconds = 0;
        for (SpeakerTurn turn : turns) {
            if (seconds >= ENOUGH) {
                break;
            }
            double until = Math.min(turn.span().end(), turn.span().start() + LONGEST);
            double[] one = encoder.embed(sound.read(turn.span().start(), until));
            double weight = until - turn.span().start();
            sum = sum == null ? new double[one.length] : sum;
            for (int d = 0; d < one.length; d++) {
                sum[d] += weight * one[d];
            }
            seconds += weight;
        }
        return sum == null ? null : new Voiceprints.Voiceprint(speaker, encoder.name(), seconds, sum);
    }
}
