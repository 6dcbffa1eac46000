package org.avatarengine.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class WordsTest {
    @Test
    void takesWordsOfAnyScript() {
        assertThat(Words.of("Don’t go — très bien, 東京! see https://x.example/a?b 2x"))
                .containsExactly("don't", "go", "très", "bien", "東京", "see", "2x");
    }

    @Test
    void givesRunsOfWords() {
        List<String> runs = new ArrayList<>();
        Words.runs(List.of("a", "b", "c"), 2, 3, runs::add);
        assertThat(runs).containsExactly("a b", "a b c", "b c");
    }

    @Test
    void emojiAreWholeGraphemes() {
        assertThat(Words.emoji("a 👨‍👩‍👧 b ❤️ 👍🏽 5 © ☀️ 🇫🇷"))
                .containsExactly("👨‍👩‍👧", "❤️", "👍🏽", "☀️", "🇫🇷");
    }

    @Test
    void quantilesInterpolate() {
        assertThat(MessageStatistics.quantile(new int[] {1, 2, 3, 4}, 0.5)).isEqualTo(2.5);
        assertThat(MessageStatistics.quantile(new int[] {1, 2, 3, 4, 5}, 0.9)).isEqualTo(4.6);
        assertThat(MessageStatistics.quantile(new int[] {7}, 0.9)).isEqualTo(7);
        assertThat(MessageStatistics.quantile(new int[0], 0.5)).isZero();
    }

    @Property(tries = 500)
    void noTextBreaksThem(@ForAll @Size(max = 200) String text) {
        assertThat(Words.of(text)).noneMatch(String::isBlank);
        assertThat(Words.emoji(text)).allMatch(text::contains);
    }
}
