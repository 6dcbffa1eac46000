package org.avatarengine.emotion;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.avatarengine.text.Token;
import org.avatarengine.text.Token.Case;
import org.avatarengine.text.Token.Kind;

/** The features of a message for the emotion model: words, word pairs, negated words, and style. */
public final class EmotionFeatures {
    private static final Set<String> NEGATIONS =
            Set.of("not", "no", "never", "without", "cannot", "dont", "cant", "wont");
    private static final int LENGTH_STEP = 4;
    private static final int LENGTHS = 6;
    private static final List<String> LENGTH_NAMES = IntStream.rangeClosed(0, LENGTHS)
            .mapToObj(n -> "(length " + n + ")")
            .toList();

    /** The symbol before the first word. */
    static final String START = "^";

    /** The prefix of a negated word. */
    static final String NOT = "not_";

    private EmotionFeatures() {}

    /** Receives features; a feature may occur twice. */
    public interface Sink {
        /** A word, mark or sign, or something about the message in round brackets. */
        void word(String word);

        /** The previous word is negated. */
        void negated(String word);

        /**
         * A pair of words that ends with the previous word; {@code ^} is before the first, {@code $} after the
         * last.
         */
        void pair(String first, String second);
    }

    /** Converts each feature to its name: {@code word}, {@code not_word}, {@code first second}. */
    public static void named(List<Token> tokens, Consumer<String> feature) {
        of(tokens, new Sink() {
            @Override
            public void word(String word) {
                feature.accept(word);
            }

            @Override
            public void negated(String word) {
                feature.accept(NOT + word);
            }

            @Override
            public void pair(String first, String second) {
                feature.accept(first + ' ' + second);
            }
        });
    }

    static void of(List<Token> tokens, Sink sink) {
        String last = START;
        boolean negated = false;
        for (Token token : tokens) {
            String word = token.text();
            if (token.kind() == Kind.MARK) {
                word = word.length() > 2 ? word.substring(0, 2) + '+' : word;
                negated = false;
            } else if (token.isWord()) {
                if (token.isStretched()) {
                    sink.word("(stretched)");
                }
                if (token.letterCase() == Case.UPPER && word.length() > 2) {
                    sink.word("(upper)");
                }
            } else if (token.kind() == Kind.LINK || token.kind() == Kind.NUMBER) {
                word = token.kind() == Kind.LINK ? "(link)" : "(number)";
            }
            sink.word(word);
            if (negated) {
                sink.negated(word);
            }
            sink.pair(last, word);
            negated |= word.endsWith("n't") || NEGATIONS.contains(word);
            last = word;
        }
        sink.pair(last, "$");
        sink.word(LENGTH_NAMES.get(Math.min(LENGTHS, tokens.size() / LENGTH_STEP)));
    }
}
