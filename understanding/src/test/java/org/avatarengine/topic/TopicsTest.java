package org.avatarengine.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.avatarengine.text.Tokenizer;
import org.junit.jupiter.api.Test;

class TopicsTest {
    private static final String[][] SAYINGS = {
        {"the goalkeeper saved a penalty", "our striker scored again", "penalty for the striker"},
        {"oven roasted garlic pasta", "garlic butter pasta recipe", "bake pasta with garlic"},
        {"the server crashed again tonight", "deploy the server patch", "server logs show crashed jobs"},
        {"violin rehearsal with orchestra", "orchestra played the violin solo", "violin strings for rehearsal"}
    };

    /** A vector near that of its theme. */
    private static float[] near(int theme, Random random) {
        float[] vector = new float[32];
        double square = 0;
        for (int d = 0; d < vector.length; d++) {
            vector[d] = (float) (random.nextGaussian() * 0.1 + (d % 4 == theme ? 1 : 0));
            square += vector[d] * vector[d];
        }
        for (int d = 0; d < vector.length; d++) {
            vector[d] /= (float) Math.sqrt(square);
        }
        return vector;
    }

    @Test
    void topicsAreFoundNamedAndPreferred() {
        Random random = new Random(3);
        List<Topics.Item> items = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            int theme = i % 4;
            String person = theme == 0 && i % 3 != 0 ? "fan" : i % 5 == 0 ? "fan" : "other";
            String text = SAYINGS[theme][i % 3];
            items.add(new Topics.Item("m" + i, person, "2024-01", Tokenizer.tokens(text), near(theme, random)));
        }
        Topics topics = Topics.of(items);
        assertThat(topics.all()).hasSize(4);
        assertThat(topics.all().stream().mapToLong(Topics.Topic::messages).sum())
                .isEqualTo(120);
        assertThat(topics.preferences("fan", 3)).first().satisfies(p -> {
            assertThat(p.topic().keywords()).containsAnyOf("penalty", "striker");
            assertThat(p.share().value()).isGreaterThan(p.others());
            assertThat(p.evidence()).isNotEmpty();
            assertThat(p.months()).containsOnlyKeys("2024-01");
        });
        assertThat(topics.messages("nobody")).isZero();
    }

    @Test
    void tooFewMessagesHaveNoTopics() {
        assertThat(Topics.of(List.of()).all()).isEmpty();
        assertThat(Topics.of(List.of()).preferences("a", 3)).isEmpty();
    }
}
