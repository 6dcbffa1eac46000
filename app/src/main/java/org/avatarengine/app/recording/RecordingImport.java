package org.avatarengine.app.recording;

import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.avatarengine.app.print.Display;
import org.avatarengine.app.print.Json;
import org.avatarengine.app.print.JsonOutput;
import org.avatarengine.app.print.JsonOutput.Form;
import org.avatarengine.app.print.Quantities;
import org.avatarengine.app.print.ReaderLocale;
import org.avatarengine.app.services.AvatarCommand;
import org.avatarengine.app.services.DataUse;
import org.avatarengine.app.services.ExitCode;
import org.avatarengine.app.services.InputException;
import org.avatarengine.app.services.Interruption;
import org.avatarengine.graph.Graph;
import org.avatarengine.ingest.Ingest;
import org.avatarengine.source.IsoTime;
import org.avatarengine.speech.diarization.Diarizer;
import org.avatarengine.speech.media.Ffmpeg;
import org.avatarengine.speech.recording.Identification;
import org.avatarengine.speech.recording.Identified;
import org.avatarengine.speech.recording.Listener;
import org.avatarengine.speech.recording.Recording;
import org.avatarengine.speech.transcription.MoonshineTranscriber;
import org.avatarengine.speech.transcription.Transcriber;
import org.avatarengine.vault.Ownership;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@JsonOutput(value = RecordingImport.Imported.class, form = Form.LIST)
@Command(
        name = "recording",
        mixinStandardHelpOptions = true,
        description = {
            "Imports and transcribes audio or video files.",
            "It finds out who speaks when, what they say and how. Nothing leaves this computer.",
            "If an import is interrupted, run the same command again to continue it."
        })
public final class RecordingImport extends AvatarCommand {
    @Override
    public DataUse dataUse(String name) {
        return DataUse.STORES;
    }

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "The audio or video files to import.")
    List<Path> files = new ArrayList<>();

    @Option(
            names = "--speakers",
            paramLabel = "N",
            description = "The number of speakers, if you know it. Default: estimated.")
    @Nullable
    Integer speakers;

    @Option(
            names = "--language",
            paramLabel = "CODE",
            description = "The spoken language, such as en, de or fr. Default: detected.")
    @Nullable
    String language;

    @Option(
            names = "--who",
            paramLabel = "SPEAKER=NAME",
            description = "The name of a speaker, such as \"Speaker 1=Anna\". Can be repeated.")
    Map<String, String> who = new LinkedHashMap<>();

    @Option(
            names = "--model",
            paramLabel = "PATH",
            description = "A Whisper model: a whisper.cpp file or a folder of ONNX files. Default: the added model,"
                    + " or the small English one of this program.")
    @Nullable
    Path model;

    @Option(
            names = "--track",
            paramLabel = "N",
            description = "The audio track, counted from 0. Default: all tracks together.")
    @Nullable
    Integer track;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "The time of the recording, such as 2026-03-01T18:30. Default: the time in the file.")
    @Nullable
    String at;

    @Option(names = "--again", description = "Transcribe again what was transcribed before.")
    boolean again;

    /** The result for a file. */
    record Imported(
            String id, String title, double seconds, double took, int speakers, int words, List<Identified> who) {}

    @Override
    public Integer call() throws IOException {
        if (speakers != null && speakers < 1) {
            throw new InputException("--speakers must be at least 1.");
        }
        requirePlainStore();
        Instant startedAt = at == null ? null : time(at);
        int threads = Runtime.getRuntime().availableProcessors();
        Display progress = services().display(err());
        Ffmpeg ffmpeg = services().ffmpeg();
        List<Imported> all = new ArrayList<>();
        try (Interruption interruption = services().interruption();
                Diarizer diarizer = services().speechModels().diarizer();
                Transcriber transcriber = services().speechModels().transcriber(model, language, threads)) {
            Listener listener = new Listener(
                    services().recordings(), ffmpeg, transcriber, diarizer, progress, interruption::wanted);
            for (Path file : files) {
                long began = System.nanoTime();
                Recording recording =
                        listener.listen(file, new Listener.ListenOptions(speakers, track, startedAt, again));
                progress.done();
                Imported imported = store(recording, ffmpeg, diarizer, progress, began);
                all.add(imported);
                if (!options.json) {
                    print(recording, imported, transcriber);
                }
            }
        } catch (Listener.Stopped e) {
            progress.done();
            err().println("Stopped. Run the same command again to continue.");
            return ExitCode.INTERRUPTED;
        } finally {
            progress.done();
        }
        if (options.json) {
            Json.print(out(), all);
        }
        return 0;
    }

    /** A voice cannot be anonymized, nor the words that are heard before they are written down. */
    private void requirePlainStore() {
        if (services().ownership().state() != Ownership.State.OWNED
                && !services().usesServer()) {
            return;
        }
        try (Graph graph = services().openGraph()) {
            if (Ingest.stored(graph) == Ingest.Stored.ANONYMIZED) {
                throw new InputException("The store is anonymized, but recordings cannot be. Import them into another"
                        + " folder with --data.");
            }
        }
    }

    private static Instant time(String text) {
        try {
            return IsoTime.read(text, ZoneId.systemDefault());
        } catch (DateTimeException e) {
            throw new InputException("--at " + text + " is not a time. Write it as 2026-03-01T18:30.");
        }
    }

    private Imported store(Recording recording, Ffmpeg ffmpeg, Diarizer diarizer, Display progress, long began)
            throws IOException {
        try (Graph graph = services().openGraph()) {
            Identifying identifying = new Identifying(services(), graph, ffmpeg, progress);
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
                        ReaderLocale.get(),
                        "%s: %s, %s, %,d words, transcribed in %s (real-time factor %.2f).%n",
                        recording.title(),
                        RecordingsCommand.clock(recording.seconds()),
                        imported.speakers() == 1 ? "1 speaker" : imported.speakers() + " speakers",
                        imported.words(),
                        Quantities.duration(imported.took()),
                        imported.took() / recording.seconds());
        RecordingsCommand.printSpeakers(out(), recording, imported.who());
        Map<String, String> names = Identification.names(imported.who());
        if (names.size() < recording.speakers().size()) {
            out().println("To name a speaker, run `avatar recordings relabel " + recording.id() + " --who \""
                    + recording.speakers().stream()
                            .filter(speaker -> !names.containsKey(speaker))
                            .findFirst()
                            .orElse("Speaker 1")
                    + "=NAME\"`.");
        }
        if (transcriber instanceof MoonshineTranscriber) {
            out().println("This program's small English model made the transcript. To use a better model, run"
                    + " `avatar models add whisper FILE`.");
        }
        out().println("To read the transcript, run `avatar recordings show " + recording.id() + "`.");
        out().flush();
    }
}
