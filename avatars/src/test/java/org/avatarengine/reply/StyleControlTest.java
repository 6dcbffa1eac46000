package org.avatarengine.reply;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.avatarengine.emotion.EmotionModel;
import org.avatarengine.language.LanguageTally.Counted;
import org.avatarengine.text.Token;
import org.avatarengine.text.Tokenizer;
import org.junit.jupiter.api.Test;

class StyleControlTest {
    private static final EmotionModel EMOTIONS = EmotionModel.bundled();

    private static final List<String> PLAIN = List.of(
            "Sounds good. See you at the station.",
            "that would be lovely",
            "We went to the market and bought bread",
            "Great news! I am so happy for you 🎉",
            "yes, at six.",
            "I will bring the cake 🍰 and the tea");

    private static StyleTarget target(double lower, double period, double emoji) {
        return new StyleTarget(
                lower, period, emoji, List.of(new Counted("😂", 3), new Counted("❤️", 1)), 10, Set.of("anna"));
    }

    private static String mend(StyleControl control, String text, int pieces) {
        StringBuilder heard = new StringBuilder();
        StyleControl.Pen pen = control.begin(heard::append);
        for (int from = 0; from < text.length(); from += pieces) {
            pen.write(text.substring(from, Math.min(text.length(), from + pieces)));
        }
        String all = pen.end();
        assertThat(heard.toString()).as("what was heard is what was said").isEqualTo(all);
        return all;
    }

    private static boolean hasEmoji(String text) {
        return Tokenizer.tokens(text).stream().anyMatch(token -> token.kind() == Token.Kind.EMOJI);
    }

    /** Over n replies, each rate is off by at most 1/n of the person's, wherever the text allows it. */
    @Property(tries = 60)
    void ratesMatchThePerson(
            @ForAll @DoubleRange(min = 0, max = 1) double lower,
            @ForAll @DoubleRange(min = 0, max = 1) double emoji,
            @ForAll @IntRange(min = 1, max = 7) int pieces) {
        StyleControl control = new StyleControl(target(lower, 0, emoji), EMOTIONS);
        Random random = new Random(5);
        int n = 60;
        int small = 0;
        int withEmoji = 0;
        for (int i = 0; i < n; i++) {
            String said = mend(control, PLAIN.get(random.nextInt(PLAIN.size())), pieces);
            small += Character.isLowerCase(said.charAt(0)) ? 1 : 0;
            withEmoji += hasEmoji(said) ? 1 : 0;
        }
        assertThat(small)
                .as("small beginnings")
                .isBetween((int) Math.floor(n * lower) - 1, (int) Math.ceil(n * lower) + 1);
        assertThat(withEmoji).as("emoji").isBetween((int) Math.floor(n * emoji) - 1, (int) Math.ceil(n * emoji) + 1);
    }

    @Test
    void finalPeriodsAreAddedAndRemoved() {
        StyleControl never = new StyleControl(target(0, 0, 0), EMOTIONS);
        StyleControl always = new StyleControl(target(0, 1, 0), EMOTIONS);
        List<String> without = new ArrayList<>();
        List<String> with = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            without.add(mend(never, "See you there.", 3));
            with.add(mend(always, "See you there", 3));
        }
        assertThat(without.stream().filter(text -> text.endsWith(".")).count()).isLessThanOrEqualTo(1);
        assertThat(with.stream().filter(text -> text.endsWith(".")).count()).isGreaterThanOrEqualTo(19);
        assertThat(mend(never, "Wait...", 2)).isEqualTo("Wait...");
        assertThat(mend(always, "Really?", 2)).isEqualTo("Really?");
    }

    @Test
    void namesAndAbbreviationsKeepTheirCapitals() {
        StyleControl control = new StyleControl(target(1, 0, 0), EMOTIONS);
        for (int i = 0; i < 10; i++) {
            assertThat(mend(control, "Anna is here", 4)).startsWith("Anna");
            assertThat(mend(control, "NASA called", 4)).startsWith("NASA");
        }
    }

    @Test
    void noCheerfulEmojiIsAddedToASadText() {
        StyleControl control = new StyleControl(target(0, 0, 1), EMOTIONS);
        for (int i = 0; i < 10; i++) {
            assertThat(mend(control, "I hate this, my grandmother died and I am so sad and angry", 5))
                    .satisfies(text -> assertThat(hasEmoji(text)).isFalse());
        }
    }

    @Test
    void whatIsTooLongEndsAfterASentence() {
        StyleControl control = new StyleControl(target(0, 1, 0), EMOTIONS);
        String sentence = "This is one sentence of seven words. ";
        assertThat(mend(control, sentence.repeat(20).strip(), 9))
                .isEqualTo(sentence.repeat(3).strip());
        String endless = "Words" + " word".repeat(100);
        assertThat(mend(control, endless, 9)).as("one sentence stays whole").startsWith(endless);
    }

    @Test
    void eachLineIsAMessage() {
        StyleControl control = new StyleControl(target(1, 0, 0), EMOTIONS);
        assertThat(mend(control, "Yes\n\nI am coming.\n", 2)).isEqualTo("yes\ni am coming");
    }

    @Property(tries = 500)
    void anyTextIsAccepted(@ForAll String text, @ForAll @IntRange(min = 1, max = 5) int pieces) {
        String said = mend(new StyleControl(target(0.5, 0.5, 0), EMOTIONS), text, pieces);
        if (Tokenizer.tokens(text).stream().anyMatch(Token::isWord)) {
            assertThat(said).isNotBlank();
        }
    }
}
