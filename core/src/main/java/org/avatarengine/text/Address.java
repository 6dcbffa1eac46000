package org.avatarengine.text;

import java.util.List;
import java.util.Set;
import org.avatarengine.text.Token.Kind;

/** Tells whether a word addresses the one spoken to: "Mom, can you call me", "see you soon bro!". */
public final class Address {
    private static final Set<String> OPENERS = Set.of(
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
            "ciao");

    private Address() {}

    /**
     * Whether the run of words from one index up to, not including, another addresses somebody: it stands alone, is set
     * off by commas, opens a sentence before a comma or mark, follows a greeting, or closes a sentence after a comma.
     */
    public static boolean isAddress(List<Token> tokens, int from, int to) {
        boolean opens = from == 0 || endsClause(tokens.get(from - 1));
        boolean afterComma = from > 0 && isComma(tokens.get(from - 1));
        boolean closes = to == tokens.size() || endsClause(tokens.get(to));
        boolean beforeComma = to < tokens.size() && isComma(tokens.get(to));
        if ((opens || afterComma) && (closes || beforeComma)) {
            return true;
        }
        boolean afterOpener = from > 0
                && OPENERS.contains(tokens.get(from - 1).text())
                && (from == 1
                        || endsClause(tokens.get(from - 2))
                        || OPENERS.contains(tokens.get(from - 2).text()));
        return afterOpener && (closes || beforeComma);
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
