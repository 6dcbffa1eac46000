package org.avatarengine.relationship;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.avatarengine.text.Address;
import org.avatarengine.text.Token;
import org.avatarengine.text.Tokenizer;
import org.avatarengine.text.WordLists;

/** The bundled words that indicate a relationship, with their occurrences in a text. */
public final class RelationshipWords {
    /** The words of {@code words.txt}. */
    public static final RelationshipWords BUNDLED = load();

    private static final Set<String> MINE = Set.of("my", "our");
    private static final Set<String> YOURS = Set.of("your");

    private static final Set<String> WE = new HashSet<>(
            Set.of("we", "us", "our", "we're", "we've", "we'll", "we'd", "ourselves", "let's", "ours", "together"));
    private static final Set<String> YOU = new HashSet<>(
            Set.of("you", "your", "you're", "you've", "you'll", "you'd", "yours", "u", "ur", "yourself", "ya"));
    private static final Set<String> THIRD = new HashSet<>(Set.of(
            "he", "she", "him", "her", "his", "they", "them", "their", "he's", "she's", "they're", "he'll", "she'll",
            "hers"));

    /** By their first words; the longest first, because "love you" is not "love". */
    private final Map<String, List<Phrase>> phrases;

    private record Phrase(List<String> words, List<String> kinds) {}

    private RelationshipWords(Map<String, List<Phrase>> phrases) {
        this.phrases = phrases;
    }

    private static RelationshipWords load() {
        Map<List<String>, Set<String>> kindsOf = new HashMap<>();
        WordLists.read(RelationshipWords.class, "words.txt", "\\s*,\\s*").forEach((kind, list) -> {
            for (String phrase : list) {
                // Tokenized like any text, so that "ex-wife" is found.
                List<String> words =
                        Tokenizer.tokens(phrase).stream().map(Token::text).toList();
                kindsOf.computeIfAbsent(words, k -> new TreeSet<>()).add(kind);
            }
        });
        Map<String, List<Phrase>> phrases = new HashMap<>();
        kindsOf.forEach((words, kinds) -> phrases.computeIfAbsent(words.getFirst(), k -> new ArrayList<>())
                .add(new Phrase(words, List.copyOf(kinds))));
        phrases.values()
                .forEach(list -> list.sort(
                        Comparator.comparingInt((Phrase p) -> p.words.size()).reversed()));
        return new RelationshipWords(phrases);
    }

    /** Receives each occurrence. */
    @FunctionalInterface
    interface Found {
        void at(String kind, Role role, Party party);
    }

    /** The role of a word in the sentence. */
    enum Role {
        /** It addresses the reader. */
        ADDRESS,
        /** It belongs to the sender: "my sister". */
        MINE,
        /** It belongs to the reader: "your boss". */
        YOURS,
        /** Any other use. */
        SAID
    }

    /** The subject of the sentence. */
    enum Party {
        /** Both people: "we", "us". */
        WE,
        /** The reader. */
        YOU,
        /** Somebody else. */
        THIRD,
        /** Nobody is named. */
        NONE
    }

    void find(List<Token> tokens, Found found) {
        for (int from = 0; from < tokens.size(); from++) {
            for (Phrase phrase : phrases.getOrDefault(tokens.get(from).text(), List.of())) {
                int to = from + phrase.words.size();
                if (to <= tokens.size() && matches(phrase, tokens, from)) {
                    Role role = role(tokens, from, to);
                    Party party = party(tokens, from, to);
                    for (String kind : phrase.kinds) {
                        found.at(kind, role, party);
                    }
                    from = to - 1;
                    break;
                }
            }
        }
    }

    private static boolean matches(Phrase phrase, List<Token> tokens, int from) {
        for (int i = 1; i < phrase.words.size(); i++) {
            if (!phrase.words.get(i).equals(tokens.get(from + i).text())) {
                return false;
            }
        }
        return true;
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
