package org.avatarengine.language;

import java.util.List;
import org.avatarengine.text.Token;

/**
 * A text with the kinds of its words, which are looked up once.
 *
 * @param kinds for each token a bit for each of its {@link WordKinds.Kind}s
 * @param all the bits of all tokens
 */
public record Utterance(List<Token> tokens, int[] kinds, int all) {
    /** The empty text. */
    public static final Utterance NOTHING = of(List.of());

    public static Utterance of(List<Token> tokens) {
        int[] kinds = new int[tokens.size()];
        int all = 0;
        for (int i = 0; i < kinds.length; i++) {
            Token token = tokens.get(i);
            kinds[i] = token.isWord() ? WordKinds.of(token.text()) : 0;
            all |= kinds[i];
        }
        return new Utterance(tokens, kinds, all);
    }

    /** Whether it contains a word of a kind. */
    public boolean has(WordKinds.Kind kind) {
        return (all & kind.bit()) != 0;
    }
}
