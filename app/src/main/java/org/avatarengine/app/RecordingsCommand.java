package org.avatarengine.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.avatarengine.faithfulness.StyleDistance;
import org.avatarengine.graph.Graph;
import org.avatarengine.people.People;
import org.avatarengine.people.Person;
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
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "recordings",
        mixinStandardHelpOptions = true,
        description =
                "Lists the recordings that were listened to; its subcommands show, relabel, export and delete them.",
        subcommands = {
            RecordingsCommand.ListAll.class,
            RecordingsCommand.Show.class,
            RecordingsCommand.Relabel.class,
            RecordingsCommand.Export.class,
            RecordingsCommand.Delete.class,
            RecordingsCommand.Compare.class,
            RecordingsCommand.Voices.class
        })
final class RecordingsCommand extends AvatarCommand {
    @Override
    public Integer call() {
        return list(this);
    }

    /** What is listed of a recording. */
    record Entry(String id, String title, String date, double seconds, int speakers, int words, String transcriber) {}

    private static int list(AvatarCommand command) {
        List<Entry> entries = command.common.recordings().all().stream()
                .map(r -> new Entry(
                        r.id(),
                        r.title(),
                        PeopleCommand.day(r.startedAt()),
                        r.seconds(),
                        r.speakers().size(),
                        r.words(),
                        r.transcriber()))
                .toList();
        if (command.common.json) {
            Json.print(command.out(), entries);
            return 0;
        }
        if (entries.isEmpty()) {
            command.err().println("There are no recordings yet. Listen to one with: avatar import recording FILE");
            return 0;
        }
        Table table = new Table("Recording", "Title", "Date", ">Length", ">Speakers", ">Words", "Written down by");
        entries.forEach(e ->
                table.row(e.id(), e.title(), e.date(), clock(e.seconds()), e.speakers(), e.words(), e.transcriber()));
        table.print(command.out());
        return 0;
    }

    /** Hours, minutes and seconds. */
    static String clock(double seconds) {
        long whole = (long) seconds;
        return whole >= 3600
                ? String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60)
                : String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60);
    }

    static void printSpeakers(PrintWriter out, Recording recording, List<Identified> who) {
        Table table = new Table(
                "Speaker", "Who", ">Talks", ">Words/min", ">Fillers/100", ">Answers after", ">Pitch", ">Interrupts");
        for (String speaker : recording.speakers()) {
            SpeechStyle style = recording.style(speaker);
            String is = who.stream()
                    .filter(one -> one.speaker().equals(speaker))
                    .findFirst()
                    .map(one -> one.counts()
                            ? one.name()
                            : String.format(Locale.ROOT, "%s? (%.0f%%)", one.name(), 100 * one.confidence()))
                    .orElse("unknown");
            if (style != null) {
                table.row(
                        speaker,
                        is,
                        String.format(Locale.ROOT, "%s (%.0f%%)", clock(style.seconds()), 100 * style.share()),
                        Math.round(style.wordsPerMinute()),
                        String.format(Locale.ROOT, "%.1f", style.fillersPer100Words()),
                        Double.isNaN(style.responseSeconds())
                                ? "–"
                                : String.format(Locale.ROOT, "%.2f s", style.responseSeconds()),
                        style.pitch() == 0 ? "–" : String.format(Locale.ROOT, "%.0f Hz", style.pitch()),
                        style.interruptions());
            }
        }
        table.print(out);
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the recordings.")
    static final class ListAll extends AvatarCommand {
        @Override
        public Integer call() {
            return list(this);
        }
    }

    /** Commands of one recording. */
    abstract static class OfOne extends AvatarCommand {
        @Parameters(paramLabel = "RECORDING", description = "Its id, the beginning of it, or its title.")
        String wanted = "";

        Recording recording() {
            return common.recordings().find(wanted);
        }

        List<Identified> who(Recording recording) {
            try (Graph graph = common.openGraph()) {
                return new RecordingGraph(graph).who(recording.id());
            }
        }
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Shows who says what and when, and how each speaks.")
    static final class Show extends OfOne {
        /** A recording with who speaks in it. */
        record Shown(Recording recording, List<Identified> who, String original) {}

        @Override
        public Integer call() {
            Recording recording = recording();
            List<Identified> who = who(recording);
            Path original = common.recordings().folder(recording.id()).resolve(recording.original());
            if (common.json) {
                Json.print(out(), new Shown(recording, who, original.toString()));
                return 0;
            }
            out().printf(
                            Locale.ROOT,
                            "%s, %s, %s, written down by %s, speakers by %s%n%s%n%n",
                            recording.title(),
                            PeopleCommand.day(recording.startedAt()),
                            clock(recording.seconds()),
                            recording.transcriber(),
                            recording.diarizer(),
                            original);
            printSpeakers(out(), recording, who);
            out().println();
            Map<String, String> names = Identification.names(who);
            for (Utterance utterance : recording.utterances()) {
                out().printf(
                                Locale.ROOT,
                                "%7s  %s: %s%n",
                                clock(utterance.span().start()),
                                names.getOrDefault(utterance.speaker(), utterance.speaker()),
                                utterance.text());
            }
            out().flush();
            return 0;
        }
    }

    @Command(
            name = "relabel",
            mixinStandardHelpOptions = true,
            description = {
                "Says who the speakers are. What they said then counts as theirs, and what rests on it is made anew.",
                "The voices of people who agreed to an avatar are kept, to know them in other recordings."
            })
    static final class Relabel extends OfOne {
        @Option(
                names = "--who",
                required = true,
                paramLabel = "SPEAKER=NAME",
                description = "Such as \"Speaker 1=Anna\"; \"Speaker 1=?\" makes the speaker unknown again.")
        Map<String, String> who = new LinkedHashMap<>();

        @Override
        public Integer call() throws IOException {
            Recording recording = recording();
            Display progress = common.display(err());
            try (Diarizer diarizer = common.speechModels().diarizer();
                    Graph graph = common.openGraph()) {
                Identifying identifying = new Identifying(common, graph, common.ffmpeg(), progress);
                List<Identified> known = identifying.decide(recording, who, diarizer);
                identifying.store(recording, known);
                progress.done();
                if (common.json) {
                    Json.print(out(), known);
                } else {
                    printSpeakers(out(), recording, known);
                }
                return 0;
            }
        }
    }

    /** What a recording can be written as. */
    enum Format {
        SRT,
        VTT,
        JSON,
        RTTM,
        ANIMATION
    }

    @Command(
            name = "export",
            mixinStandardHelpOptions = true,
            description =
                    "Writes a recording as subtitles (srt, vtt), turns (rttm), all of it (json), or words with mouth"
                            + " shapes (animation).")
    static final class Export extends OfOne {
        @Option(
                names = "--format",
                defaultValue = "vtt",
                description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
        Format format = Format.VTT;

        @Option(names = "--to", paramLabel = "FILE", description = "Where to (default: standard output).")
        @Nullable
        Path to;

        @Override
        public Integer call() throws IOException {
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
                out().print(text);
                out().flush();
            } else {
                Files.writeString(to, text);
                if (common.json) {
                    Json.print(out(), Map.of("file", to.toString()));
                } else {
                    out().println("Wrote " + to + ".");
                }
            }
            return 0;
        }
    }

    @Command(
            name = "delete",
            mixinStandardHelpOptions = true,
            description = "Deletes a recording: its original, what was made of it, and what the graph holds of it.")
    static final class Delete extends OfOne {
        @Override
        public Integer call() {
            Recording recording = recording();
            try (Graph graph = common.openGraph()) {
                new RecordingGraph(graph).remove(recording.id());
            }
            common.recordings().delete(recording.id());
            if (common.json) {
                Json.print(out(), Map.of("deleted", recording.id()));
            } else {
                out().println("Deleted " + recording.title() + ".");
            }
            return 0;
        }
    }

    @Command(
            name = "compare",
            mixinStandardHelpOptions = true,
            description = "Compares how a person speaks in recordings with how they write.")
    static final class Compare extends GraphCommand {
        private static final int LEAST = 20;

        private static final String TEXTS = """
                MATCH (:Person {id: $person})-[:SENT]->(m:Message)
                WHERE m.text IS NOT NULL AND m.deletedAt IS NULL
                RETURN m.text AS text, m:Utterance AS spoken ORDER BY m.sentAt DESC, m.id LIMIT 20000""";

        @Parameters(paramLabel = "NAME", description = "Who.")
        String name = "";

        /**
         * How speech and writing differ.
         *
         * @param distances 0 when they are alike, in each respect
         */
        record Comparison(
                String person,
                int utterances,
                int messages,
                double wordsAnUtterance,
                double wordsAMessage,
                double questionsSpoken,
                double questionsWritten,
                StyleDistance.Distances distances) {}

        @Override
        int run(Graph graph) {
            Person person = new People(graph).find(name);
            List<String> spoken = new ArrayList<>();
            List<String> written = new ArrayList<>();
            graph.read(
                    TEXTS,
                    Map.of("person", person.id()),
                    row -> (row.isTrue("spoken") ? spoken : written).add(row.requireText("text")));
            if (spoken.size() < LEAST || written.size() < LEAST) {
                throw new InputException("Too little to compare: " + person.name() + " has " + spoken.size()
                        + " utterances in recordings and " + written.size() + " messages; " + LEAST
                        + " of each are needed.");
            }
            Comparison comparison = new Comparison(
                    person.name(),
                    spoken.size(),
                    written.size(),
                    words(spoken),
                    words(written),
                    questions(spoken),
                    questions(written),
                    StyleDistance.between(spoken, written));
            if (common.json) {
                Json.print(out(), comparison);
                return 0;
            }
            Table table = new Table(person.name(), ">Spoken", ">Written");
            table.row("texts", spoken.size(), written.size());
            table.row(
                    "words each",
                    String.format(Locale.ROOT, "%.1f", comparison.wordsAnUtterance()),
                    String.format(Locale.ROOT, "%.1f", comparison.wordsAMessage()));
            table.row(
                    "questions",
                    String.format(Locale.ROOT, "%.0f%%", 100 * comparison.questionsSpoken()),
                    String.format(Locale.ROOT, "%.0f%%", 100 * comparison.questionsWritten()));
            table.print(out());
            StyleDistance.Distances apart = comparison.distances();
            out().printf(
                            Locale.ROOT,
                            "How far apart (0: alike, 1: as far as can be): function words %.2f, sounds and spelling %.2f,"
                                    + " length %.2f, punctuation %.2f, all %.2f%n",
                            apart.functionWords(),
                            apart.trigrams(),
                            apart.length(),
                            apart.punctuation(),
                            apart.all());
            out().flush();
            return 0;
        }

        private static double words(List<String> texts) {
            return texts.stream()
                    .mapToInt(text -> text.strip().split("\\s+", -1).length)
                    .average()
                    .orElse(0);
        }

        private static double questions(List<String> texts) {
            return (double) texts.stream().filter(text -> text.contains("?")).count() / texts.size();
        }
    }

    @Command(
            name = "voices",
            mixinStandardHelpOptions = true,
            description = "Lists the people whose voices are kept; --delete forgets one.")
    static final class Voices extends GraphCommand {
        @Option(names = "--delete", paramLabel = "NAME", description = "Whose voice to forget.")
        @Nullable
        String delete;

        /** A voice that is kept. */
        record Kept(String person, String name, String encoder, double seconds) {}

        @Override
        int run(Graph graph) {
            People people = new People(graph);
            if (delete != null) {
                Person person = people.find(delete);
                if (!common.voiceprints().delete(person.id())) {
                    throw new InputException("No voice of " + person.name() + " is kept.");
                }
            }
            List<Person> everyone = people.all();
            List<Kept> kept = common.voiceprints().all().stream()
                    .map(voice -> new Kept(
                            voice.person(),
                            everyone.stream()
                                    .filter(p -> p.id().equals(voice.person()))
                                    .findFirst()
                                    .map(Person::name)
                                    .orElse("somebody who is not in the graph"),
                            voice.encoder(),
                            voice.seconds()))
                    .toList();
            if (common.json) {
                Json.print(out(), kept);
                return 0;
            }
            Table table = new Table("Voice of", ">Seconds", "Heard by");
            kept.forEach(voice -> table.row(voice.name(), Math.round(voice.seconds()), voice.encoder()));
            table.print(out());
            return 0;
        }
    }
}
