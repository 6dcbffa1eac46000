package org.avatarengine.speech.recording;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.avatarengine.speech.Span;
import org.avatarengine.speech.diarization.SpeakerTurn;
import org.avatarengine.speech.transcription.Word;

/** Exports a recording in formats that other programs read. Speakers have the names of people, if they are known. */
public final class Exports {
    /** The maximum number of characters and seconds of a subtitle. */
    private static final int LONGEST_TEXT = 84;

    private static final double LONGEST_TIME = 6;

    private Exports() {}

    private record Line(String speaker, Span span, String text) {}

    private static List<Line> lines(Recording recording, Map<String, String> names) {
        List<Line> lines = new ArrayList<>();
        for (Utterance utterance : recording.utterances()) {
            String name = names.getOrDefault(utterance.speaker(), utterance.speaker());
            List<Word> words = new ArrayList<>();
            int length = 0;
            for (Word word : utterance.words()) {
                boolean full = !words.isEmpty()
                        && (length + word.text().length() > LONGEST_TEXT
                                || word.span().end() - words.getFirst().span().start() > LONGEST_TIME);
                if (full) {
                    lines.add(line(name, words));
                    words.clear();
                    length = 0;
                }
                words.add(word);
                length += word.text().length() + 1;
            }
            if (!words.isEmpty()) {
                lines.add(line(name, words));
            }
        }
        return lines;
    }

    private static Line line(String name, List<Word> words) {
        return new Line(
                name,
                new Span(words.getFirst().span().start(), words.getLast().span().end()),
                String.join(" ", words.stream().map(Word::text).toList()));
    }

    /**
     * SubRip subtitles.
     *
     * @param names the names of speakers, if they are known
     */
    public static String srt(Recording recording, Map<String, String> names) {
        StringBuilder out = new StringBuilder();
        int number = 1;
        for (Line line : lines(recording, names)) {
            out.append(number++)
                    .append('\n')
                    .append(clock(line.span.start(), ','))
                    .append(" --> ")
                    .append(clock(line.span.end(), ','))
                    .append('\n')
                    .append(line.speaker)
                    .append(": ")
                    .append(line.text)
                    .append("\n\n");
        }
        return out.toString();
    }

    /**
     * WebVTT, with voice spans.
     *
     * @see <a href="https://www.w3.org/TR/webvtt1/">WebVTT</a>
     */
    public static String vtt(Recording recording, Map<String, String> names) {
        StringBuilder out = new StringBuilder("WEBVTT\n\n");
        for (Line line : lines(recording, names)) {
            out.append(clock(line.span.start(), '.'))
                    .append(" --> ")
                    .append(clock(line.span.end(), '.'))
                    .append("\n<v ")
                    .append(escaped(line.speaker))
                    .append('>')
                    .append(escaped(line.text))
                    .append("\n\n");
        }
        return out.toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String clock(double seconds, char point) {
        long millis = Math.round(seconds * 1000);
        return String.format(
                Locale.ROOT,
                "%02d:%02d:%02d%c%03d",
                millis / 3_600_000,
                millis / 60_000 % 60,
                millis / 1000 % 60,
                point,
                millis % 1000);
    }

    /**
     * The speakers' turns in the format of NIST's tools.
     *
     * @see <a href="https://catalog.ldc.upenn.edu/docs/LDC2004T12/RTTM-format-v13.pdf">RTTM</a>
     */
    public static String rttm(Recording recording, Map<String, String> names) {
        StringBuilder out = new StringBuilder();
        for (SpeakerTurn turn : recording.turns()) {
            out.append(String.format(
                    Locale.ROOT,
                    "SPEAKER %s 1 %.3f %.3f <NA> <NA> %s <NA> <NA>%n",
                    recording.id(),
                    turn.span().start(),
                    turn.span().length(),
                    names.getOrDefault(turn.speaker(), turn.speaker()).replaceAll("\\s+", "_")));
        }
        return out.toString();
    }

    /** A mouth shape with its time. */
    public record Viseme(String shape, double start, double end) {}

    /** A word for an animation: its speaker, its time and its mouth shapes. */
    public record AnimatedWord(String speaker, String text, double start, double end, List<Viseme> visemes) {}

    /** All words with their mouth shapes; times are those of the video. */
    public static List<AnimatedWord> animation(Recording recording, Map<String, String> names) {
        List<AnimatedWord> words = new ArrayList<>();
        for (Utterance utterance : recording.utterances()) {
            for (Word word : utterance.words()) {
                words.add(new AnimatedWord(
                        names.getOrDefault(utterance.speaker(), utterance.speaker()),
                        word.text(),
                        word.span().start(),
                        word.span().end(),
                        Visemes.of(word)));
            }
        }
        return words;
    }
}
