package org.avatarengine.language;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.avatarengine.text.WordLists;

/** The kinds of English words, from the bundled {@code english.txt}. A word can have several kinds. */
public final class WordKinds {
    /** The kinds of words. */
    public enum Kind {
        ARTICLE,
        PREPOSITION,
        PRONOUN,
        AUXILIARY,
        ADVERB,
        INTERJECTION,
        CONJUNCTION,
        QUANTIFIER,
        NEGATION,
        HEDGE,
        FACTUAL,
        ABBREVIATION,
        SLANG,
        GRATITUDE,
        APOLOGY,
        DEFERENCE,
        GREETING,
        FAREWELL,
        PLEASE,
        PROFANITY,
        /** So frequent that it is characteristic of no topic. */
        COMMON;

        /** This kind as one bit. */
        int bit() {
            return 1 << ordinal();
        }
    }

    private static final Map<String, Integer> KINDS = load();

    private WordKinds() {}

    private static Map<String, Integer> load() {
        Map<String, Integer> kinds = new HashMap<>();
        WordLists.read(WordKinds.class, "english.txt", " ").forEach((name, words) -> {
            int bit = Kind.valueOf(name.toUpperCase(Locale.ROOT)).bit();
            words.forEach(word -> kinds.merge(word, bit, (a, b) -> a | b));
        });
        return kinds;
    }

    /** The kinds of a word in lower case, as bits; 0 when the dictionary does not contain it. */
    static int of(String word) {
        return KINDS.getOrDefault(word, 0);
    }

    /** Whether a word in lower case has a kind. */
    public static boolean is(String word, Kind kind) {
        return (of(word) & kind.bit()) != 0;
    }

    /** Whether the dictionary contains a word in lower case. */
    public static boolean knows(String word) {
        return KINDS.containsKey(word);
    }
}
