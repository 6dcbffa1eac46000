package org.avatarengine.text;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.avatarengine.text.Token.Kind;

/** Detects words that address the other person: "Mom, can you call me", "see you soon bro!". */
public final class Address {
    private static final Set<String> OPENERS = new HashSet<>(Set.of(
            "hi",
            "hey",
            "hello",
            "heya",
            "hiya",
            "yo",
            "oh",
            "ok",
            "okay",
            "thanks",
            "thank",
            "bye",
            "goodbye",
            "night",
            "goodnight",
            "morning",
            "sorry",
            "congrats",
            "congratulations",
            "yes",
            "yeah",
            "yep",
            "no",
            "nope",
            "well",
            "dear",
            "happy",
            "love",
            "please",
            "come",
            "look",
            "listen",
            "so",
            "right",
            "sure",
            "you",
            "wow",
            "aww",
            "haha",
            "lol",
            "welcome",
            "sup",
            "afternoon",
            "evening",
            "birthday",
            "merry",
            "christmas",
            "hola",
            "ciao"));

    private Address() {}

    /**
     * Whether the words from {@code from} to before {@code to} address somebody: they are the whole text, are enclosed
     * by commas, begin a sentence before a comma or punctuation mark, follow a greeting, or end a sentence after a
     * comma.
     */
    public static boolean isAddress(List<Token> tokens, int from, int to) {
        boolean closes = to == tokens.size() || endsClause(tokens.get(to)) || isComma(tokens.get(to));
        if (!closes) {
            return false;
        }
        if (from == 0 || endsClause(tokens.get(from - 1)) || isComma(tokens.get(from - 1))) {
            return true;
        }
        return OPENERS.contains(tokens.get(from - 1).text())
                && (from == 1
                        || endsClause(tokens.get(from - 2))
                        || OPENERS.contains(tokens.get(from - 2).text()));
    }

    private static boolean isComma(Token token) {
        return token.kind() == Kind.MARK && token.text().startsWith(",");
    }

    private static boolean endsClause(Token token) {
        return token.kind() == Kind.EMOJI
                || token.kind() == Kind.EMOTICON
                || (token.kind() == Kind.MARK
                        && !isComma(token)
                        && "'\"’“”()-".indexOf(token.text().charAt(0)) < 0)
                || (token.kind() == Kind.MARK && token.text().startsWith("--"));
    }
}
