package org.avatarengine.language;

import com.github.pemistahl.lingua.api.Language;
import com.github.pemistahl.lingua.api.LanguageDetector;
import com.github.pemistahl.lingua.api.LanguageDetectorBuilder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A uniform sample of a person's messages, with their languages. Short messages are left out, because the language of two
 * words cannot be determined. Most English messages are recognized by their function words; Lingua classifies the others
 * into fifteen more languages.
 */
public final class LanguageSample {
    /** The version of the method, stored with its results. */
    public static final String METHOD = "lingua-1.2.2";

    private static final int SIZE = 100;
    private static final int LEAST_WORDS = 4;
    private static final double ENGLISH_SHARE = 0.4;

    private final List<Drawn> drawn = new ArrayList<>();

    /** Messages with a higher hash are rejected. */
    private int highest = Integer.MAX_VALUE;

    /** @param someEnglish whether it contains English function words, but too few to be English */
    private record Drawn(int rank, String text, boolean english, boolean someEnglish) {}

    private static final class Detector {
        private static final LanguageDetector LINGUA = LanguageDetectorBuilder.fromLanguages(
                        Language.ENGLISH,
                        Language.SPANISH,
                        Language.FRENCH,
                        Language.GERMAN,
                        Language.ITALIAN,
                        Language.PORTUGUESE,
                        Language.DUTCH,
                        Language.SWEDISH,
                        Language.POLISH,
                        Language.TURKISH,
                        Language.VIETNAMESE,
                        Language.RUSSIAN,
                        Language.UKRAINIAN,
                        Language.ARABIC,
                        Language.CHINESE,
                        Language.JAPANESE,
                        Language.KOREAN,
                        Language.HINDI)
                .build();
    }

    /** A language with its share of messages; the code is ISO 639-1, {@code und} when it cannot be determined. */
    public record LanguageShare(String language, Share share) {}

    /** Adds a message. */
    public void add(String id, String text, Utterance utterance) {
        int rank = rank(id);
        if (rank > highest) {
            return;
        }
        int words = 0;
        int known = 0;
        for (int i = 0; i < utterance.kinds().length; i++) {
            words += utterance.tokens().get(i).isWord() ? 1 : 0;
            known += utterance.kinds()[i] != 0 ? 1 : 0;
        }
        if (words >= LEAST_WORDS || (words > 0 && text.codePointAt(0) > 0x2E80)) {
            keep(new Drawn(rank, text, known >= ENGLISH_SHARE * words, known >= 2));
        }
    }

    /** A hash of a message's id, so that a sample by it is the same on each run. */
    public static int rank(String id) {
        return id.hashCode() * 0x9E3779B1;
    }

    private void keep(Drawn next) {
        drawn.add(next);
        if (drawn.size() > 4 * SIZE) {
            shrink();
        }
    }

    private void shrink() {
        drawn.sort(Comparator.comparingInt(Drawn::rank).thenComparing(Drawn::text));
        if (drawn.size() > SIZE) {
            drawn.subList(SIZE, drawn.size()).clear();
            highest = drawn.getLast().rank;
        }
    }

    /** Merges another sample into this one. */
    public void merge(LanguageSample other) {
        other.drawn.forEach(this::keep);
    }

    /**
     * The languages of a sample.
     *
     * @param languages the languages, the most frequent first
     * @param mixed the number of messages in another language that contain English (code-switching within a message)
     */
    public record Languages(List<LanguageShare> languages, Share mixed) {}

    /** The languages of the sample. */
    public Languages languages() {
        shrink();
        Map<String, Integer> counts = new TreeMap<>();
        int mixed = 0;
        for (Drawn message : drawn) {
            String language = message.english ? "en" : detect(message.text);
            counts.merge(language, 1, Integer::sum);
            mixed += message.someEnglish && !language.equals("en") && !language.equals("und") ? 1 : 0;
        }
        List<LanguageShare> shares = counts.entrySet().stream()
                .map(e -> new LanguageShare(e.getKey(), Share.of(e.getValue(), drawn.size())))
                .sorted(Comparator.comparingDouble(
                                (LanguageShare s) -> -s.share().value())
                        .thenComparing(LanguageShare::language))
                .toList();
        return new Languages(shares, Share.of(mixed, drawn.size()));
    }

    private static String detect(String text) {
        Language language = Detector.LINGUA.detectLanguageOf(text);
        return language == Language.UNKNOWN ? "und" : language.getIsoCode639_1().toString();
    }
}
