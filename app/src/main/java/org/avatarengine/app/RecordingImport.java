package org.avatarengine.app;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.avatarengine.graph.Graph;
import org.avatarengine.speech.diarization.Diarizer;
import org.avatarengine.speech.media.Ffmpeg;
import org.avatarengine.speech.recording.Identification;
import org.avatarengine.speech.recording.Identified;
import org.avatarengine.speech.recording.Listener;
import org.avatarengine.speech.recording.Recording;
import org.avatarengine.speech.transcription.MoonshineTranscriber;
import org.avatarengine.speech.transcription.Transcriber;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "recording",
        mixinStandardHelpOptions = true,
        description = {
            "Listens to audio or video files: who speaks when, what they say, and how. All on this machine.",
            "A run that was stopped or killed goes on where it was."
        })
final class RecordingImport extends AvatarCommand {
    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Audio or video files.")
    List<Path> files = new ArrayList<>();

    @Option(names = "--speakers", paramLabel = "N", description = "How many people speak, if you know.")
    @Nullable
    Integer speakers;

    @Option(names = "--language", paramLabel = "CODE", description = "The language that is spoken: en, de, fr …")
    @Nullable
    String language;

    @Option(
            names = "--who",
            paramLabel = "SPEAKER=NAME",
            description = "Who a speaker is, such as --who \"Speaker 1=Anna\". Can be given several times.")
    Map<String, String> who = new LinkedHashMap<>();

    @Option(
            names = "--model",
            paramLabel = "PATH",
            description = "A Whisper model: a file of whisper.cpp or a folder of ONNX files.")
    @Nullable
    Path model;

    @Option(names = "--track", paramLabel = "N", description = "Which audio track, from 0 (default: all together).")
    @Nullable
    Integer track;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "When it was recorded, such as 2026-03-01T18:30 (default: what the file says).")
    @Nullable
    String at;

    @Option(names = "--again", description = "Listen anew to what was listened to before.")
    boolean again;

    /** What came of a file. */
    record Imported(
            String id, String title, double seconds, double took, int speakers, int words, List<Identified> who) {}

    @Override
    public Integer call() throws IOException {
        if (speakers != null && speakers < 1) {
            throw new InputException("--speakers must be at least 1.");
        }
        Instant startedAt = at == null ? null : time(at);
        int threads = Runtime.getRuntime().availableProcessors();
        Display progress = common.display(err());
        Ffmpeg ffmpeg = common.ffmpeg();
        List<Imported> all = new ArrayList<>();
        try (Interruption interruption = common.interruption();
                Diarizer diarizer = common.speechModels().diarizer();
                Transcriber transcriber = common.speechModels().transcriber(model, language, threads)) {
            Listener listener =
                    new Listener(common.recordings(), ffmpeg, transcriber, diarizer, progress, interruption::wanted);
            for (Path file : files) {
                long began = System.nanoTime();
                Recording recording = listener.listen(file, new Listener.Wishes(speakers, track, startedAt, again));
                progress.done();
                Imported imported = store(recording, ffmpeg, diarizer, progress, began);
                all.add(imported);
                if (!common.json) {
                    print(recording, imported, transcriber);
                }
            }
        } catch (Listener.Stopped e) {
            progress.done();
            err().println("Stopped. Run the same command again to go on.");
            return Main.EXIT_INTERRUPTED;
        } finally {
            progress.done();
        }
        if (common.json) {
            Json.print(out(), all);
        }
        return 0;
    }

    private static Instant time(String text) {
        try {
            return text.endsWith("Z")
                    ? Instant.parse(text)
                    : LocalDateTime.parse(text).atZone(ZoneId.systemDefault()).toInstant();
        } catch (DateTimeParseException e) {
            throw new InputException("--at " + text + " is no time: write it like 2026-03-01T18:30.");
        }
    }

    private Imported store(Recording recording, Ffmpeg ffmpeg, Diarizer diarizer, Display progress, long began)
            throws IOException {
        try (Graph graph = common.openGraph()) {
            Identifying identifying = new Identifying(common, graph, ffmpeg, progress);
            List<Identified> known = identifying.decide(recording, who, diarizer);
            identifying.store(recording, known);
            return new Imported(
                    recording.id(),
                    recording.title(),
                    recording.seconds(),
                    (System.nanoTime() - began) / 1e9,
                    recording.speakers().size(),
                    recording.words(),
                    known);
        }
    }

    private void print(Recording recording, Imported imported, Transcriber transcriber) {
        out().printf(
                        Locale.ROOT,
                        "%s: %s, %d speakers, %,d words, in %.1f s (real-time factor %.2f).%n",
                        recording.title(),
                        RecordingsCommand.clock(recording.seconds()),
                        imported.speakers(),
                        imported.words(),
                        imported.took(),
                        imported.took() / recording.seconds());
        RecordingsCommand.printSpeakers(out(), recording, imported.who());
        Map<String, String> names = Identification.names(imported.who());
        if (names.size() < recording.speakers().size()) {
            out().println("Say who speaks: avatar recordings relabel " + recording.id() + " --who \""
                    + recording.speakers().stream()
                            .filter(speaker -> !names.containsKey(speaker))
                            .findFirst()
                            .orElse("Speaker 1")
                    + "=NAME\"");
        }
        if (transcriber instanceof MoonshineTranscriber) {
            out().println("Written down by the small English model that comes with this program. A better one:"
                    + " avatar models add whisper FILE");
        }
        out().println("Read it: avatar recordings show " + recording.id());
        out().flush();
    }
}
