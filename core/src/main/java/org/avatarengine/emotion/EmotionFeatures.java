package org.avatarengine.emotion;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.avatarengine.text.Token;
import org.avatarengine.text.Token.Case;
import org.avatarengine.text.Token.Kind;

/** What of a message the emotion model looks at: words, pairs of neighbours, words under negation, and how it is written. */
public final class EmotionFeatures {
    private static final Set<String> NEGATIONS =
            Set.of("not", "no", "never", "without", "cannot", "dont", "cant", "wont");
    private static final int LENGTH_STEP = 4;
    private static final int LENGTHS = 6;

    private EmotionFeatures() {}

    /** Gives each feature; one may come twice. */
    public static void of(List<Token> tokens, Consumer<String> feature) {
        String last = "^";
        boolean negated = false;
        for (Token token : tokens) {
            String word = token.text();
            if (token.kind() == Kind.MARK) {
                word = word.length() > 2 ? word.substring(0, 2) + '+' : word;
                negated = false;
            } else if (token.isWord()) {
                if (isStretched(word)) {
                    feature.accept("(stretched)");
                }
                if (token.letterCase() == Case.UPPER && word.length() > 2) {
                    feature.accept("(upper)");
                }
            } else if (token.kind() == Kind.LINK || token.kind() == Kind.NUMBER) {
                word = token.kind() == Kind.LINK ? "(link)" : "(number)";
            }
            feature.accept(word);
            if (negated) {
                feature.accept("not_" + word);
            }
            feature.accept(last + ' ' + word);
            negated |= word.endsWith("n't") || NEGATIONS.contains(word);
            last = word;
        }
        feature.accept(last + " $");
        feature.accept("(length " + Math.min(LENGTHS, tokens.size() / LENGTH_STEP) + ')');
    }

    /** Whether a letter stands three times in a row: "sooo". */
    static boolean isStretched(String word) {
        for (int i = 2; i < word.length(); i++) {
            if (word.charAt(i) == word.charAt(i - 1) && word.charAt(i) == word.charAt(i - 2)) {
                return true;
            }
        }
        return false;
    }
}
