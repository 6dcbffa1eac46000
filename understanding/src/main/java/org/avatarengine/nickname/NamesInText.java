package org.avatarengine.nickname;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.avatarengine.language.WordKinds;
import org.avatarengine.people.GivenNames;
import org.avatarengine.text.Address;
import org.avatarengine.text.Token;
import org.avatarengine.text.Token.Case;
import org.avatarengine.text.WordLists;

/** Finds words in the position of a name: addressing somebody, or giving one's own name. */
public final class NamesInText {
    private static final Map<String, List<String>> WORDS = WordLists.read(NamesInText.class, "words.txt", "\\s*,\\s*");

    /** Words of affection or friendship, which are not names but show a relationship. */
    private static final Set<String> ENDEARMENTS = new HashSet<>(Objects.requireNonNull(WORDS.get("endearment")));

    private static final Set<String> KIN = new HashSet<>(Objects.requireNonNull(WORDS.get("kin")));

    /** Words in the position of a name that are not names. */
    private static final Set<String> NO_NAMES = new HashSet<>(Objects.requireNonNull(WORDS.get("no name")));

    private static final Set<String> TITLES =
            new HashSet<>(Set.of("mr", "mrs", "ms", "miss", "dr", "doctor", "professor", "prof"));

    private NamesInText() {}

    /** The kinds of words in the position of a name. */
    public enum Kind {
        NAME,
        /** A word of affection or friendship. */
        ENDEARMENT,
        /** A word for a relative. */
        KIN
    }

    /**
     * A word found in the position of a name.
     *
     * @param text as it is written most plainly: in lower case
     * @param written as it stands there
     * @param confidence how likely it is a name at all, judged by how it is written and whether it is known as one
     */
    public record Found(Kind kind, String text, String written, double confidence) {}

    /** The words that address the reader. */
    public static List<Found> addresses(String text, List<Token> tokens) {
        List<Found> found = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (!token.isWord()) {
                continue;
            }
            int titled = titled(tokens, i);
            if (titled > i) {
                String written =
                        text.substring(token.start(), tokens.get(titled - 1).end());
                found.add(new Found(Kind.NAME, written.toLowerCase(java.util.Locale.ROOT), written, 0.8));
                i = titled - 1;
                continue;
            }
            if (!Address.isAddress(tokens, i, i + 1)) {
                boolean pair = i + 1 < tokens.size()
                        && tokens.get(i + 1).isWord()
                        && token.letterCase() == Case.TITLE
                        && !ENDEARMENTS.contains(token.text())
                        && tokens.get(i + 1).letterCase() == Case.TITLE
                        && Address.isAddress(tokens, i, i + 2);
                if (pair
                        && plausible(token.text())
                        && plausible(tokens.get(i + 1).text())) {
                    String written =
                            text.substring(token.start(), tokens.get(i + 1).end());
                    found.add(new Found(Kind.NAME, written.toLowerCase(java.util.Locale.ROOT), written, 0.6));
                    i++;
                }
                continue;
            }
            Found one = found(text, tokens, i);
            if (one != null) {
                found.add(one);
            }
        }
        return found;
    }

    /** The end of a title with a name that addresses somebody, such as "Mr. Bing"; the start when there is none. */
    private static int titled(List<Token> tokens, int i) {
        if (!TITLES.contains(tokens.get(i).text())) {
            return i;
        }
        int name = i + 1 < tokens.size() && tokens.get(i + 1).text().equals(".") ? i + 2 : i + 1;
        boolean named = name < tokens.size() && tokens.get(name).letterCase() == Case.TITLE;
        return named && Address.isAddress(tokens, i, name + 1) ? name + 1 : i;
    }

    private static @org.jspecify.annotations.Nullable Found found(String text, List<Token> tokens, int i) {
        Token token = tokens.get(i);
        String word = token.text();
        String written = text.substring(token.start(), token.end());
        if (KIN.contains(word)) {
            return new Found(Kind.KIN, word, written, 0.9);
        }
        if (ENDEARMENTS.contains(word)) {
            return new Found(Kind.ENDEARMENT, word, written, 0.9);
        }
        if (!plausible(word)) {
            return null;
        }
        boolean opensSentence = i == 0
                || !tokens.get(i - 1).isWord() && !tokens.get(i - 1).text().equals(",");
        boolean large = token.letterCase() == Case.TITLE;
        boolean known = GivenNames.BUNDLED.known(word);
        // A capital letter within a sentence is strong evidence; one at its beginning is none.
        boolean beforeComma = i + 1 < tokens.size() && tokens.get(i + 1).text().equals(",");
        double confidence =
                known ? 0.9 : large && !opensSentence ? 0.7 : large && beforeComma ? 0.5 : large ? 0.25 : 0.1;
        return new Found(Kind.NAME, word, written, confidence);
    }

    private static boolean plausible(String word) {
        return word.length() > 1
                && word.length() <= 15
                && !NO_NAMES.contains(word)
                && (!WordKinds.knows(word) || GivenNames.BUNDLED.known(word))
                && word.indexOf('\'') < 0;
    }

    /** The name that the sender gives as their own: "this is Bob", "I'm Bob", "my name is Bob". */
    public static List<Found> own(String text, List<Token> tokens) {
        List<Found> found = new ArrayList<>();
        for (int i = 1; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            String before = tokens.get(i - 1).text();
            String beforeThat = i < 2 ? "" : tokens.get(i - 2).text();
            boolean opens = i < 3 || !tokens.get(i - 3).isWord();
            boolean introduced = (before.equals("is") && beforeThat.equals("name"))
                    || (opens && before.equals("is") && beforeThat.equals("this"))
                    || (before.equals("i'm") && (i == 1 || !tokens.get(i - 2).isWord()))
                    || (opens && before.equals("it's") && i == 1);
            if (introduced && token.isWord() && token.letterCase() == Case.TITLE && plausible(token.text())) {
                double confidence = GivenNames.BUNDLED.known(token.text()) ? 0.9 : before.equals("i'm") ? 0.5 : 0.6;
                found.add(new Found(Kind.NAME, token.text(), text.substring(token.start(), token.end()), confidence));
            }
        }
        return found;
    }
}
