package org.avatarengine.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.avatarengine.trigger.TriggerTally.Act;
import org.avatarengine.trigger.TriggerTally.Situation;
import org.junit.jupiter.api.Test;

class TriggerTallyTest {
    @Test
    void whatHappensMoreOftenInASituationIsATrigger() {
        TriggerTally one = new TriggerTally();
        TriggerTally other = new TriggerTally();
        for (int i = 0; i < 200; i++) {
            boolean night = i % 4 == 0;
            Set<Situation> in = night ? Set.of(Situation.LATE_AT_NIGHT) : Set.of();
            Set<Act> does = (night && i % 8 == 0) || i % 20 == 1 ? Set.of(Act.USES_EMOJI) : Set.of(Act.ASKS);
            (i < 100 ? one : other).add("m" + i, in, does);
        }
        one.merge(other);
        assertThat(one.triggers(5)).singleElement().satisfies(t -> {
            assertThat(t.situation()).isEqualTo(Situation.LATE_AT_NIGHT);
            assertThat(t.act()).isEqualTo(Act.USES_EMOJI);
            assertThat(t.share()).isEqualTo(0.5);
            assertThat(t.times()).isEqualTo(50);
            assertThat(t.evidence()).hasSize(3);
        });
    }

    @Test
    void chanceDifferencesAreNoTrigger() {
        TriggerTally tally = new TriggerTally();
        for (int i = 0; i < 200; i++) {
            tally.add(
                    "m" + i, i % 2 == 0 ? Set.of(Situation.ASKED) : Set.of(), i % 3 == 0 ? Set.of(Act.ASKS) : Set.of());
        }
        assertThat(tally.triggers(5)).isEmpty();
    }
}
