package org.avatarengine.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.avatarengine.analysis.TalkReader.Conversation;
import org.junit.jupiter.api.Test;

class WordBudgetTest {
    private static List<Conversation> conversations(int count, long messages) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Conversation("c" + i, false, List.of("me", "p" + i), messages))
                .toList();
    }

    @Test
    void allWordsAreCountedUntilThereAreVeryMany() {
        assertThat(WordBudget.mostWords(List.of())).isEqualTo(87_379);
        assertThat(WordBudget.mostWords(conversations(300, 1_000))).isEqualTo(87_379);
        assertThat(WordBudget.mostWords(conversations(300, 16_000))).isEqualTo(5_459);
    }

    @Test
    void peopleWhoWriteLittleLeaveMoreForOthers() {
        List<Conversation> uneven = Stream.concat(
                        conversations(100, 100_000).stream(), conversations(5_000, 20).stream())
                .toList();
        assertThat(WordBudget.mostWords(uneven)).isEqualTo(10_921);
    }
}
