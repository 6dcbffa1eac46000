package org.avatarengine.speech.recording;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.avatarengine.nickname.NamesInText;
import org.avatarengine.text.Tokenizer;

/**
 * Hints from names that are said: a speaker who says "I'm Anna" is probably Anna; the one who speaks right after "Anna,
 * what do you think?" may be.
 */
final class NameHints {
    private static final double INTRODUCED = 0.85;
    private static final double ADDRESSED = 0.35;

    /** The share of the remaining doubt that each further hint of the same name removes. */
    private static final double MOST = 0.95;

    private static final Pattern INTRODUCTION = Pattern.compile(
            "\\b(?:my name is|my name's|this is|I am|I'm|mein Name ist|ich heiße|je m'appelle|me llamo|mi chiamo)"
                    + " (\\p{Lu}\\p{L}+)(?! \\p{L}+ing\\b)",
            Pattern.UNICODE_CHARACTER_CLASS);

    private NameHints() {}

    static List<Recording.NameHint> of(List<Utterance> utterances) {
        Map<String, Recording.NameHint> best = new HashMap<>();
        for (int i = 0; i < utterances.size(); i++) {
            Utterance utterance = utterances.get(i);
            Matcher introduction = INTRODUCTION.matcher(utterance.text());
            while (introduction.find()) {
                add(best, utterance.speaker(), introduction.group(1), INTRODUCED, i);
            }
            if (i + 1 < utterances.size() && !utterances.get(i + 1).speaker().equals(utterance.speaker())) {
                String text = utterance.text();
                for (NamesInText.Found found : NamesInText.addresses(text, Tokenizer.tokens(text))) {
                    if (found.kind() == NamesInText.Kind.NAME
                            && Character.isUpperCase(found.written().codePointAt(0))) {
                        add(best, utterances.get(i + 1).speaker(), found.written(), ADDRESSED * found.confidence(), i);
                    }
                }
            }
        }
        List<Recording.NameHint> hints = new ArrayList<>(best.values());
        hints.sort((a, b) -> a.speaker().equals(b.speaker())
                ? Double.compare(b.confidence(), a.confidence())
                : a.speaker().compareTo(b.speaker()));
        return hints;
    }

    private static void add(
            Map<String, Recording.NameHint> best, String speaker, String name, double confidence, int utterance) {
        best.merge(
                speaker + '\n' + name,
                new Recording.NameHint(speaker, name, confidence, utterance),
                (a, b) -> new Recording.NameHint(
                        speaker, name, Math.min(MOST, 1 - (1 - a.confidence()) * (1 - b.confidence())), a.utterance()));
    }
}
