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
 * A sample of somebody's messages, drawn evenly from all of them, and the languages they are in. Short messages are left
 * out, since nothing tells the language of two words. Most English messages are known by their function words; the others
 * are judged by Lingua, which reads fifteen more languages.
 */
public final class LanguageSample {
    /** The version of the method, stored with its results. */
    public static final String METHOD = "lingua-1.2.2";

    private static final int SIZE = 100;
    private static final int LEAST_WORDS = 4;
    private static final double ENGLISH_SHARE = 0.4;

    private final List<Drawn> drawn = new ArrayList<>();

    /** What ranks higher is not drawn. */
    private int highest = Integer.MAX_VALUE;

    /** @param someEnglish whether words that English uses for grammar occur, though too few to call it English */
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

    /** A language with the share of messages in it; the code is ISO 639-1, {@code und} when it cannot be told. */
    public record LanguageShare(String language, Share share) {}

    /** Takes in a message. */
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

    /** A number for a message that has nothing to do with its text, so that a sample by it is the same on each run. */
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

    /** Adds another sample; what is kept is a sample of both. */
    public void merge(LanguageSample other) {
        other.drawn.forEach(this::keep);
    }

    /**
     * The languages of a sample.
     *
     * @param languages the most used first
     * @param mixed messages of another language that have English in them (code-switching within a message)
     */
    public record Languages(List<LanguageShare> languages, Share mixed) {}

    /** The languages of what was drawn. */
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
