package org.avatarengine.app.recording;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.avatarengine.app.print.Dates;
import org.avatarengine.app.print.Display;
import org.avatarengine.app.print.Json;
import org.avatarengine.app.print.JsonOutput;
import org.avatarengine.app.print.JsonOutput.Form;
import org.avatarengine.app.print.ReaderLocale;
import org.avatarengine.app.print.Table;
import org.avatarengine.app.services.AvatarCommand;
import org.avatarengine.app.services.OutputFile;
import org.avatarengine.files.WholeFile;
import org.avatarengine.graph.Graph;
import org.avatarengine.speech.diarization.Diarizer;
import org.avatarengine.speech.recording.Exports;
import org.avatarengine.speech.recording.Identification;
import org.avatarengine.speech.recording.Identified;
import org.avatarengine.speech.recording.Recording;
import org.avatarengine.speech.recording.RecordingGraph;
import org.avatarengine.speech.recording.SpeechStyle;
import org.avatarengine.speech.recording.Utterance;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@JsonOutput(value = RecordingsCommand.Entry.class, form = Form.LIST)
@Command(
        name = "recordings",
        mixinStandardHelpOptions = true,
        description = {
            "Lists recordings; subcommands show, export and delete them.",
            "To import a recording, use `avatar import recording FILE`. To name its speakers, use"
                    + " `avatar recordings relabel`."
        },
        subcommands = {
            RecordingsCommand.ListAll.class,
            RecordingsCommand.Show.class,
            RecordingsCommand.Relabel.class,
            RecordingsCommand.Export.class,
            RecordingsCommand.Delete.class,
            CompareSpeechCommand.class,
            VoicesCommand.class
        })
public final class RecordingsCommand extends AvatarCommand {
    @Override
    public Integer call() {
        return list(this);
    }

    /** A recording in the list. */
    record Entry(
            String id, String title, Instant startedAt, double seconds, int speakers, int words, String transcriber) {}

    private static int list(AvatarCommand command) {
        List<Entry> entries = command.services().recordings().all().stream()
                .map(r -> new Entry(
                        r.id(),
                        r.title(),
                        r.startedAt(),
                        r.seconds(),
                        r.speakers().size(),
                        r.words(),
                        r.transcriber()))
                .toList();
        if (command.options.json) {
            Json.print(command.out(), entries);
            return 0;
        }
        if (entries.isEmpty()) {
            command.err().println("There are no recordings yet. Run `avatar import recording FILE` to import one.");
            return 0;
        }
        Table table = new Table("Recording", "Title", "Date", ">Length", ">Speakers", ">Words", "Transcribed by");
        entries.forEach(e -> table.row(
                e.id(),
                e.title(),
                Dates.day(e.startedAt()),
                clock(e.seconds()),
                e.speakers(),
                e.words(),
                e.transcriber()));
        table.print(command.out());
        return 0;
    }

    /** Hours, minutes and seconds. */
    static String clock(double seconds) {
        long whole = (long) seconds;
        return whole >= 3600
                ? String.format(ReaderLocale.get(), "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60)
                : String.format(ReaderLocale.get(), "%d:%02d", whole / 60, whole % 60);
    }

    static void printSpeakers(PrintWriter out, Recording recording, List<Identified> who) {
        Table table = new Table(
                "Speaker",
                "Person",
                ">Talk time",
                ">Words/min",
                ">Fillers/100 words",
                ">Response time",
                ">Pitch",
                ">Interruptions");
        for (String speaker : recording.speakers()) {
            SpeechStyle style = recording.style(speaker);
            String is = who.stream()
                    .filter(one -> one.speaker().equals(speaker))
                    .findFirst()
                    .map(one -> one.counts()
                            ? one.name()
                            : String.format(ReaderLocale.get(), "%s? (%.0f%%)", one.name(), 100 * one.confidence()))
                    .orElse("unknown");
            if (style != null) {
                table.row(
                        speaker,
                        is,
                        String.format(ReaderLocale.get(), "%s (%.0f%%)", clock(style.seconds()), 100 * style.share()),
                        Math.round(style.wordsPerMinute()),
                        String.format(ReaderLocale.get(), "%.1f", style.fillersPer100Words()),
                        style.responseSeconds() == null
                                ? "–"
                                : String.format(ReaderLocale.get(), "%.2f s", style.responseSeconds()),
                        style.pitch() == 0 ? "–" : String.format(ReaderLocale.get(), "%.0f Hz", style.pitch()),
                        style.interruptions());
            }
        }
        table.print(out);
    }

    @JsonOutput(value = RecordingsCommand.Entry.class, form = Form.LIST)
    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the recordings.")
    static final class ListAll extends AvatarCommand {
        @Override
        public Integer call() {
            return list(this);
        }
    }

    /** A command about one recording. */
    abstract static class OfOne extends AvatarCommand {
        @Parameters(paramLabel = "RECORDING", description = "A recording: its id, the start of its id, or its title.")
        String wanted = "";

        Recording recording() {
            return services().recordings().find(wanted);
        }

        List<Identified> who(Recording recording) {
            try (Graph graph = services().openGraph()) {
                return new RecordingGraph(graph).who(recording.id());
            }
        }
    }

    @JsonOutput(RecordingsCommand.Show.Shown.class)
    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Shows the transcript of a recording and how each speaker speaks.")
    static final class Show extends OfOne {
        /** A recording and its speakers. */
        record Shown(Recording recording, List<Identified> who, String original) {}

        @Override
        public Integer call() {
            Recording recording = recording();
            List<Identified> who = who(recording);
            Path original = services().recordings().folder(recording.id()).resolve(recording.original());
            if (options.json) {
                Json.print(out(), new Shown(recording, who, original.toString()));
                return 0;
            }
            out().printf(
                            ReaderLocale.get(),
                            "%s, %s, %s, transcribed by %s, speakers found by %s%n%s%n%n",
                            recording.title(),
                            Dates.day(recording.startedAt()),
                            clock(recording.seconds()),
                            recording.transcriber(),
                            recording.diarizer(),
                            original);
            printSpeakers(out(), recording, who);
            out().println();
            Map<String, String> names = Identification.names(who);
            for (Utterance utterance : recording.utterances()) {
                out().printf(
                                ReaderLocale.get(),
                                "%7s  %s: %s%n",
                                clock(utterance.span().start()),
                                names.getOrDefault(utterance.speaker(), utterance.speaker()),
                                utterance.text());
            }
            out().flush();
            return 0;
        }
    }

    @JsonOutput(value = Identified.class, form = Form.LIST)
    @Command(
            name = "relabel",
            mixinStandardHelpOptions = true,
            description = {
                "Names the speakers of a recording.",
                "What a speaker said then counts as said by this person, and results based on it are updated.",
                "If the person has agreed to an avatar, their voice is stored to recognize it in other recordings."
            })
    static final class Relabel extends OfOne {
        @Option(
                names = "--who",
                required = true,
                paramLabel = "SPEAKER=NAME",
                description = "The name of a speaker, such as \"Speaker 1=Anna\". \"Speaker 1=?\" makes the speaker"
                        + " unknown"
                        + " again. Can be repeated.")
        Map<String, String> who = new LinkedHashMap<>();

        @Override
        public Integer call() throws IOException {
            Recording recording = recording();
            Display progress = services().display(err());
            try (Diarizer diarizer = services().speechModels().diarizer();
                    Graph graph = services().openGraph()) {
                Identifying identifying =
                        new Identifying(services(), graph, services().ffmpeg(), progress);
                List<Identified> known = identifying.decide(recording, who, diarizer);
                identifying.store(recording, known);
                progress.done();
                if (options.json) {
                    Json.print(out(), known);
                } else {
                    printSpeakers(out(), recording, known);
                }
                return 0;
            }
        }
    }

    /** An export format. */
    enum Format {
        SRT,
        VTT,
        JSON,
        RTTM,
        ANIMATION
    }

    @JsonOutput(RecordingsCommand.Export.Exported.class)
    @Command(
            name = "export",
            mixinStandardHelpOptions = true,
            description = {
                "Exports the transcript of a recording.",
                "The formats srt and vtt are subtitles, rttm holds the speaker turns, json holds everything, and animation"
                        + " holds words with mouth shapes."
            })
    static final class Export extends OfOne {
        /** The output of {@code --json}: the file that was written, or without {@code --to} the transcript. */
        record Exported(@Nullable String file, @Nullable String text) {}

        @Option(
                names = "--format",
                paramLabel = "FORMAT",
                defaultValue = "vtt",
                description = "The format: srt, vtt, json, rttm or animation. Default: ${DEFAULT-VALUE}.")
        Format format = Format.VTT;

        @Mixin
        OutputFile output = new OutputFile();

        @Option(names = "--to", paramLabel = "FILE", description = "The file to write. Default: standard output.")
        @Nullable
        Path to;

        @Override
        public Integer call() throws IOException {
            if (to != null) {
                output.require(to);
            }
            Recording recording = recording();
            Map<String, String> names = Identification.names(who(recording));
            String text = switch (format) {
                case SRT -> Exports.srt(recording, names);
                case VTT -> Exports.vtt(recording, names);
                case RTTM -> Exports.rttm(recording, names);
                case JSON -> Json.text(recording);
                case ANIMATION -> Json.text(Exports.animation(recording, names));
            };
            if (to == null) {
                if (options.json) {
                    Json.print(out(), new Exported(null, text));
                } else {
                    out().print(text);
                    out().flush();
                }
            } else {
                WholeFile.write(to.toAbsolutePath(), text);
                if (options.json) {
                    Json.print(out(), new Exported(to.toString(), null));
                } else {
                    out().println("Exported the recording to " + to + ".");
                }
            }
            return 0;
        }
    }

    @JsonOutput(RecordingsCommand.Delete.Deleted.class)
    @Command(
            name = "delete",
            mixinStandardHelpOptions = true,
            description = "Deletes a recording with its file, its transcript and its graph entries.")
    static final class Delete extends OfOne {
        /** The output of {@code --json}: the id of the deleted recording. */
        record Deleted(String deleted) {}

        @Override
        public Integer call() {
            Recording recording = recording();
            try (Graph graph = services().openGraph()) {
                new RecordingGraph(graph).remove(recording.id());
            }
            services().recordings().delete(recording.id());
            if (options.json) {
                Json.print(out(), new Deleted(recording.id()));
            } else {
                out().println("Deleted " + recording.title() + ".");
            }
            return 0;
        }
    }
}
