package org.avatarengine.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.avatarengine.text.Token.Case;
import org.avatarengine.text.Token.Kind;
import org.junit.jupiter.api.Test;

class TokenizerTest {
    private static List<String> kinds(String text) {
        return Tokenizer.tokens(text).stream()
                .map(t -> t.kind() + ":" + t.text())
                .toList();
    }

    @Test
    void splitsAMessageIntoTokens() {
        assertThat(kinds("Don’t go!! it's 10pm :-) https://x.org/a?b=1 👩‍🚀🇩🇪❤️…"))
                .containsExactly(
                        "WORD:don't",
                        "WORD:go",
                        "MARK:!!",
                        "WORD:it's",
                        "WORD:10pm",
                        "EMOTICON::-)",
                        "LINK:https://x.org/a?b=1",
                        "EMOJI:👩‍🚀",
                        "EMOJI:🇩🇪",
                        "EMOJI:❤️",
                        "MARK:…");
    }

    @Test
    void detectsTheLetterCaseOfWords() {
        assertThat(Tokenizer.tokens("ok Ok OK oK I"))
                .extracting(Token::letterCase)
                .containsExactly(Case.LOWER, Case.TITLE, Case.UPPER, Case.MIXED, Case.TITLE);
    }

    @Test
    void supportsOtherScripts() {
        assertThat(kinds("Привет, мир 你好 नमस्ते"))
                .containsExactly("WORD:привет", "MARK:,", "WORD:мир", "WORD:你好", "WORD:नमस्ते");
    }

    @Test
    void aColonBeforeAWordIsNotAnEmoticon() {
        assertThat(kinds("note:dogs 10:30")).doesNotContain("EMOTICON::d");
    }

    @Property
    void tokensAreInOrderAndWithinTheText(@ForAll String text) {
        int last = 0;
        for (Token token : Tokenizer.tokens(text)) {
            assertThat(token.start()).isGreaterThanOrEqualTo(last);
            assertThat(token.end()).isGreaterThan(token.start()).isLessThanOrEqualTo(text.length());
            assertThat(token.text()).isNotEmpty();
            assertThat(token.kind() == Kind.WORD).isEqualTo(token.letterCase() != Case.NONE);
            last = token.end();
        }
    }

    private static boolean addresses(String text, String word) {
        List<Token> tokens = Tokenizer.tokens(text);
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i).text().equals(word)) {
                return Address.isAddress(tokens, i, i + 1);
            }
        }
        throw new AssertionError("no " + word + " in " + text);
    }

    @Test
    void distinguishesAddressFromMention() {
        assertThat(addresses("Mom, can you call me?", "mom")).isTrue();
        assertThat(addresses("see you soon, bro!", "bro")).isTrue();
        assertThat(addresses("hey mom", "mom")).isTrue();
        assertThat(addresses("thanks Ross!", "ross")).isTrue();
        assertThat(addresses("I called my mom today", "mom")).isFalse();
        assertThat(addresses("Ross is late", "ross")).isFalse();
    }
}
