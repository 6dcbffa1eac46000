package org.avatarengine.emotion;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZonedDateTime;
import org.assertj.core.data.Offset;
import org.avatarengine.text.Tokenizer;
import org.junit.jupiter.api.Test;

class EmotionTest {
    private static final EmotionModel MODEL = EmotionModel.bundled();

    private static Feeling feel(String text) {
        return MODEL.judge(Tokenizer.tokens(text), null);
    }

    @Test
    void emotionsAreRecognized() {
        assertThat(feel("Oh my God!! That's great, congratulations!").emotion()).isEqualTo(Emotion.JOY);
        assertThat(feel("I'm so sorry, I really miss her").emotion()).isEqualTo(Emotion.SADNESS);
        assertThat(feel("What?! No way!").emotion()).isEqualTo(Emotion.SURPRISE);
        assertThat(feel("the meeting is on the third floor").emotion()).isEqualTo(Emotion.NEUTRAL);
    }

    @Test
    void negationTurnsSentiment() {
        assertThat(feel("that's good").sentiment())
                .isGreaterThan(feel("that's not good").sentiment());
    }

    @Test
    void emojiAreEvidence() {
        assertThat(feel("see you 😢").sentiment()).isLessThan(feel("see you").sentiment());
        assertThat(feel("see you 🎉").emotion()).isEqualTo(Emotion.JOY);
        assertThat(feel("ok >:(").probabilities().get(Emotion.ANGER.ordinal()))
                .isGreaterThan(feel("ok").probabilities().get(Emotion.ANGER.ordinal()));
    }

    @Test
    void probabilitiesSumToOneAlsoForNothing() {
        for (String text : new String[] {"", "你好", "asdf qwer", "😀😀😀"}) {
            assertThat(feel(text).probabilities().stream()
                            .mapToDouble(Double::doubleValue)
                            .sum())
                    .isCloseTo(1, Offset.offset(1e-9));
        }
    }

    @Test
    void talliesMerge() {
        EmotionTally one = new EmotionTally();
        EmotionTally other = new EmotionTally();
        EmotionTally whole = new EmotionTally();
        ZonedDateTime at = ZonedDateTime.parse("2024-01-05T00:00:00Z");
        for (int i = 0; i < 10; i++) {
            Feeling feeling = feel(i % 2 == 0 ? "yay that's great!" : "i hate this");
            (i < 5 ? one : other).add("m" + i, at, feeling);
            whole.add("m" + i, at, feeling);
        }
        one.merge(other);
        assertThat(one.parts())
                .extracting(EmotionTally.Part::share)
                .isEqualTo(whole.parts().stream().map(EmotionTally.Part::share).toList());
        assertThat(one.parts())
                .extracting(EmotionTally.Part::evidence)
                .isEqualTo(
                        whole.parts().stream().map(EmotionTally.Part::evidence).toList());
        assertThat(one.sentiment()).isCloseTo(whole.sentiment(), Offset.offset(1e-9));
        assertThat(one.months())
                .singleElement()
                .satisfies(m -> assertThat(m.messages()).isEqualTo(10));
    }
}
