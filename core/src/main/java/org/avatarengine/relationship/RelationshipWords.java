package org.avatarengine.relationship;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.avatarengine.text.Address;
import org.avatarengine.text.Token;
import org.avatarengine.text.Tokenizer;
import org.avatarengine.text.WordLists;

/** The bundled words that tell of a relationship, and where they stand in a text. */
public final class RelationshipWords {
    /** The words of {@code words.txt}. */
    public static final RelationshipWords BUNDLED = load();

    private static final Set<String> MINE = Set.of("my", "our");
    private static final Set<String> YOURS = Set.of("your");

    private static final Set<String> WE =
            Set.of("we", "us", "our", "we're", "we've", "we'll", "we'd", "ourselves", "let's", "ours", "together");
    private static final Set<String> YOU =
            Set.of("you", "your", "you're", "you've", "you'll", "you'd", "yours", "u", "ur", "yourself", "ya");
    private static final Set<String> THIRD = Set.of(
            "he", "she", "him", "her", "his", "they", "them", "their", "he's", "she's", "they're", "he'll", "she'll",
            "hers");

    private final Map<String, Set<String>> kindsOf;
    private final int longest;

    private RelationshipWords(Map<String, Set<String>> kindsOf, int longest) {
        this.kindsOf = kindsOf;
        this.longest = longest;
    }

    private static RelationshipWords load() {
        Map<String, Set<String>> kindsOf = new HashMap<>();
        int longest = 1;
        for (var list : WordLists.read(RelationshipWords.class, "words.txt", "\\s*,\\s*")
                .entrySet()) {
            for (String phrase : list.getValue()) {
                // Taken apart like any text, so that "ex-wife" is found as it is written.
                List<Token> tokens = Tokenizer.tokens(phrase);
                kindsOf.computeIfAbsent(joined(tokens, 0, tokens.size()), k -> new TreeSet<>())
                        .add(list.getKey());
                longest = Math.max(longest, tokens.size());
            }
        }
        return new RelationshipWords(kindsOf, longest);
    }

    static String joined(List<Token> tokens, int from, int to) {
        if (to == from + 1) {
            return tokens.get(from).text();
        }
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(i == from ? "" : " ").append(tokens.get(i).text());
        }
        return text.toString();
    }

    /** Takes in each place found. */
    @FunctionalInterface
    interface Found {
        void at(String kind, Role role, Party party);
    }

    /** In what role a word stands. */
    enum Role {
        /** It addresses the one spoken to. */
        ADDRESS,
        /** It is the writer's: "my sister". */
        MINE,
        /** It is the reader's: "your boss". */
        YOURS,
        /** It is talked about otherwise. */
        SAID
    }

    /** Whom the sentence is about. */
    enum Party {
        /** The two who talk: "we", "us". */
        WE,
        /** The one spoken to. */
        YOU,
        /** Somebody else. */
        THIRD,
        /** Nobody is named. */
        NONE
    }

    void find(List<Token> tokens, Found found) {
        for (int from = 0; from < tokens.size(); from++) {
            for (int to = Math.min(tokens.size(), from + longest); to > from; to--) {
                Set<String> kinds = kindsOf.get(joined(tokens, from, to));
                if (kinds != null) {
                    Role role = role(tokens, from, to);
                    Party party = party(tokens, from, to);
                    for (String kind : kinds) {
                        found.at(kind, role, party);
                    }
                    from = to - 1;
                    break;
                }
            }
        }
    }

    private static Role role(List<Token> tokens, int from, int to) {
        String before = from == 0 ? "" : tokens.get(from - 1).text();
        String beforeThat = from < 2 ? "" : tokens.get(from - 2).text();
        if (MINE.contains(before) || MINE.contains(beforeThat)) {
            return Role.MINE;
        }
        if (YOURS.contains(before) || YOURS.contains(beforeThat)) {
            return Role.YOURS;
        }
        return Address.isAddress(tokens, from, to) ? Role.ADDRESS : Role.SAID;
    }

    private static Party party(List<Token> tokens, int from, int to) {
        int start = from;
        while (start > 0 && !endsSentence(tokens.get(start - 1))) {
            start--;
        }
        int end = to;
        while (end < tokens.size() && !endsSentence(tokens.get(end))) {
            end++;
        }
        boolean you = false;
        boolean third = false;
        for (int i = start; i < end; i++) {
            Token token = tokens.get(i);
            if (WE.contains(token.text())) {
                return Party.WE;
            }
            you |= YOU.contains(token.text());
            third |= THIRD.contains(token.text());
        }
        return you ? Party.YOU : third ? Party.THIRD : Party.NONE;
    }

    private static boolean endsSentence(Token token) {
        return token.kind() == Token.Kind.MARK && ".!?…".indexOf(token.text().charAt(0)) >= 0;
    }
}
