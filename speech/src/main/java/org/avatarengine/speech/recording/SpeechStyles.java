package org.avatarengine.speech.recording;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.avatarengine.speech.Span;
import org.avatarengine.speech.diarization.SpeakerTurn;
import org.avatarengine.speech.transcription.Word;

/**
 * Measures turn-taking and speaking style. The terms are those of conversation analysis: Sacks, Schegloff &amp;
 * Jefferson 1974 for turns, Yngve 1970 for backchannels.
 */
final class SpeechStyles {
    private static final Set<String> FILLERS =
            Set.of("um", "uh", "er", "erm", "uhm", "hmm", "mm", "äh", "ähm", "euh", "eh", "este", "ehm");
    private static final Set<String> BACKCHANNELS = Set.of(
            "yeah",
            "yes",
            "yep",
            "mm",
            "mhm",
            "mm-hmm",
            "uh-huh",
            "right",
            "okay",
            "ok",
            "sure",
            "exactly",
            "true",
            "no",
            "ja",
            "genau",
            "oui",
            "d'accord",
            "sí",
            "claro",
            "sì");
    private static final int BACKCHANNEL_WORDS = 3;
    private static final double SHORTEST_PAUSE = 0.25;
    private static final double LONGEST_PAUSE = 2;

    /** The maximum time in seconds after another's last word for a turn to be an interruption. */
    private static final double AT_ONCE = 0.2;

    /** The maximum time of a response, in seconds. */
    private static final double LATEST_REPLY = 5;

    private SpeechStyles() {}

    private static final class Counts {
        private double seconds;
        private int turns;
        private int backchannels;
        private int interruptions;
        private int interrupted;
        private final List<Double> responses = new ArrayList<>();
    }

    static Map<String, SpeechStyle> of(List<SpeakerTurn> turns, List<Utterance> utterances) {
        Map<String, Counts> counts = new LinkedHashMap<>();
        turns.forEach(turn -> {
            Counts of = counts.computeIfAbsent(turn.speaker(), s -> new Counts());
            of.seconds += turn.span().length();
        });
        utterances.forEach(utterance -> counts.computeIfAbsent(utterance.speaker(), s -> new Counts()));
        takeTurns(turns, utterances, counts);
        double all = counts.values().stream().mapToDouble(c -> c.seconds).sum();
        Map<String, List<Utterance>> bySpeaker = utterances.stream().collect(Collectors.groupingBy(Utterance::speaker));
        Map<String, SpeechStyle> styles = new LinkedHashMap<>();
        counts.forEach((speaker, c) -> styles.put(speaker, style(c, bySpeaker.getOrDefault(speaker, List.of()), all)));
        return styles;
    }

    /** Counts who follows whom in the turns, and how. */
    private static void takeTurns(List<SpeakerTurn> turns, List<Utterance> utterances, Map<String, Counts> counts) {
        List<SpeakerTurn> inOrder = turns.stream()
                .sorted(Comparator.comparingDouble(turn -> turn.span().start()))
                .toList();
        SpeakerTurn floor = null;
        for (SpeakerTurn turn : inOrder) {
            if (floor == null) {
                counts(counts, turn).turns++;
                floor = turn;
            } else if (turn.speaker().equals(floor.speaker())) {
                floor = new SpeakerTurn(
                        floor.speaker(),
                        new Span(
                                floor.span().start(),
                                Math.max(floor.span().end(), turn.span().end())));
            } else if (isBackchannel(turn, utterances)) {
                counts(counts, turn).backchannels++;
            } else {
                Counts taker = counts(counts, turn);
                double gap = turn.span().start() - floor.span().end();
                taker.turns++;
                boolean cuts = gap < AT_ONCE && midSentence(floor, turn.span().start(), utterances);
                if (cuts && turn.span().end() > floor.span().end()) {
                    taker.interruptions++;
                    counts(counts, floor).interrupted++;
                }
                if (gap < LATEST_REPLY) {
                    taker.responses.add(gap);
                }
                floor = turn;
            }
        }
    }

    private static Counts counts(Map<String, Counts> counts, SpeakerTurn turn) {
        return counts.computeIfAbsent(turn.speaker(), s -> new Counts());
    }

    /** Whether the last word that a speaker said before a time is not the end of a sentence. */
    private static boolean midSentence(SpeakerTurn floor, double before, List<Utterance> utterances) {
        Word last = null;
        for (Utterance utterance : utterances) {
            if (utterance.speaker().equals(floor.speaker()) && utterance.span().start() < before) {
                for (Word word : utterance.words()) {
                    last = word.span().start() < before ? word : last;
                }
            }
        }
        return last != null && !last.text().matches(".*[.!?…]");
    }

    /** Whether a turn is only a backchannel. */
    private static boolean isBackchannel(SpeakerTurn turn, List<Utterance> utterances) {
        List<Word> said = utterances.stream()
                .filter(u -> u.speaker().equals(turn.speaker()) && u.span().overlap(turn.span()) > 0)
                .flatMap(u -> u.words().stream())
                .filter(word -> word.span().overlap(turn.span()) > 0)
                .toList();
        return !said.isEmpty()
                && said.size() <= BACKCHANNEL_WORDS
                && said.stream().allMatch(word -> BACKCHANNELS.contains(plain(word)));
    }

    private static String plain(Word word) {
        return word.text().toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}'-]", "");
    }

    private static SpeechStyle style(Counts counts, List<Utterance> utterances, double all) {
        List<Word> words = utterances.stream().flatMap(u -> u.words().stream()).toList();
        Map<String, Long> fillers = words.stream()
                .map(SpeechStyles::plain)
                .filter(FILLERS::contains)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        long fillerCount = fillers.values().stream().mapToLong(Long::longValue).sum();
        long pauses = utterances.stream().mapToLong(SpeechStyles::pauses).sum();
        double minutes = counts.seconds / 60;
        return new SpeechStyle(
                counts.seconds,
                all == 0 ? 0 : counts.seconds / all,
                counts.turns,
                words.size(),
                minutes == 0 ? 0 : words.size() / minutes,
                minutes == 0 ? 0 : pauses / minutes,
                words.isEmpty() ? 0 : 100.0 * fillerCount / words.size(),
                fillers.entrySet().stream()
                        .sorted(Map.Entry.<String, Long>comparingByValue()
                                .reversed()
                                .thenComparing(Map.Entry.comparingByKey()))
                        .map(Map.Entry::getKey)
                        .toList(),
                utterances.isEmpty()
                        ? 0
                        : (double) utterances.stream()
                                        .filter(u -> u.text().contains("?"))
                                        .count()
                                / utterances.size(),
                counts.backchannels,
                counts.interruptions,
                counts.interrupted,
                median(counts.responses.stream()
                        .mapToDouble(Double::doubleValue)
                        .toArray()),
                zero(median(utterances.stream()
                        .mapToDouble(u -> u.voice().pitch())
                        .filter(p -> p > 0)
                        .toArray())),
                zero(median(utterances.stream()
                        .filter(u -> u.voice().pitch() > 0)
                        .mapToDouble(u -> u.voice().range())
                        .toArray())),
                zero(median(
                        utterances.stream().mapToDouble(u -> u.voice().level()).toArray())));
    }

    private static long pauses(Utterance utterance) {
        long pauses = 0;
        for (int i = 1; i < utterance.words().size(); i++) {
            double gap = utterance.words().get(i).span().start()
                    - utterance.words().get(i - 1).span().end();
            pauses += gap >= SHORTEST_PAUSE && gap <= LONGEST_PAUSE ? 1 : 0;
        }
        return pauses;
    }

    private static double zero(double value) {
        return Double.isNaN(value) ? 0 : value;
    }

    /** NaN for an empty list. */
    static double median(double[] values) {
        if (values.length == 0) {
            return Double.NaN;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
