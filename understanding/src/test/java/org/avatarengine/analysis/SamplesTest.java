package org.avatarengine.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.avatarengine.language.Utterance;
import org.avatarengine.text.Tokenizer;
import org.avatarengine.topic.Topics;
import org.junit.jupiter.api.Test;

class SamplesTest {
    private static final ZonedDateTime AT = ZonedDateTime.of(2024, 5, 6, 9, 0, 0, 0, ZoneId.of("UTC"));

    private static List<String> topics(List<Integer> order) {
        TopicSample sample = new TopicSample(100);
        for (int i : order) {
            String text = "message number " + i;
            Talk.Line line = new Talk.Line("m" + i, "p", AT, text, Utterance.of(Tokenizer.tokens(text)), true, null);
            if (sample.wants(line.id())) {
                sample.add(line, new float[] {1});
            }
        }
        return sample.items().stream().map(Topics.Item::id).toList();
    }

    @Test
    void theTopicSampleIsTheSameInAnyOrderAndBounded() {
        List<Integer> order = new ArrayList<>(IntStream.range(0, 5000).boxed().toList());
        List<String> drawn = topics(order);
        assertThat(drawn).hasSize(100).doesNotHaveDuplicates();
        Collections.shuffle(order, new Random(1));
        assertThat(topics(order)).isEqualTo(drawn);
    }

    @Test
    void onlyThePeopleWhoWroteMostAreSampled() {
        PhraseSample sample = new PhraseSample(Map.of("little", 1_000L, "more", 40_000L, "most", 400_000L), 51_000);
        assertThat(sample.share("little")).isEqualTo(1);
        assertThat(sample.share("more")).isEqualTo(25_000.0 / 40_000);
        assertThat(sample.share("most")).isEqualTo(25_000.0 / 400_000);
        long drawn = IntStream.range(0, 100_000)
                .filter(i -> sample.draws("most", "message-" + i + "-" + i * 7919))
                .count();
        assertThat(drawn / 100_000.0).isBetween(0.05, 0.075);
        assertThat(sample.draws("little", "any")).isTrue();
        PhraseSample enough = new PhraseSample(Map.of("a", 1_000L, "b", 2_000L), 51_000);
        assertThat(enough.share("b")).isEqualTo(1);
    }
}
