package org.avatarengine.slm.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.avatarengine.failure.ModelException;
import org.junit.jupiter.api.Test;

class SamplerTest {
    /** The logarithms of .5, .3, .15 and .05. */
    private static final float[] LOGITS = {-.6931f, -1.2040f, -1.8971f, -2.9957f};

    private static double[] shares(Sampling sampling) {
        double[] shares = new double[LOGITS.length];
        int n = 20_000;
        for (int i = 0; i < n; i++) {
            shares[new Sampler(sampling, i).next(LOGITS)] += 1.0 / n;
        }
        return shares;
    }

    private static Sampling sampling(double temperature, int topK, double topP, double minP) {
        return new Sampling(temperature, topK, topP, minP, 1, 1, 10, List.of());
    }

    @Test
    void tokensAreDrawnByTheirProbability() {
        assertThat(shares(sampling(1, 0, 1, 0))).containsExactly(new double[] {.5, .3, .15, .05}, within(.015));
    }

    @Test
    void temperatureSharpens() {
        // At temperature .5 probabilities are squared: .25, .09, .0225 and .0025, with a sum of .365.
        assertThat(shares(sampling(.5, 0, 1, 0))).containsExactly(new double[] {.685, .247, .062, .007}, within(.015));
        assertThat(shares(sampling(0, 0, 1, 0))).containsExactly(new double[] {1, 0, 0, 0}, within(1e-6));
    }

    @Test
    void unlikelyTokensAreExcluded() {
        assertThat(shares(sampling(1, 2, 1, 0))).containsExactly(new double[] {.625, .375, 0, 0}, within(.015));
        assertThat(shares(sampling(1, 0, .9, 0))).containsExactly(new double[] {.526, .316, .158, 0}, within(.015));
        assertThat(shares(sampling(1, 0, 1, .4))).containsExactly(new double[] {.625, .375, 0, 0}, within(.015));
    }

    @Test
    void generatedTokensBecomeLessLikely() {
        Sampling greedy = new Sampling(0, 0, 1, 0, 4, 1, 10, List.of());
        Sampler sampler = new Sampler(greedy, 1);
        assertThat(sampler.next(LOGITS)).isZero();
        assertThat(sampler.next(LOGITS)).isEqualTo(1);
    }

    @Test
    void theSameSeedDrawsTheSame() {
        Sampler one = new Sampler(sampling(1, 0, 1, 0), 5);
        Sampler same = new Sampler(sampling(1, 0, 1, 0), 5);
        for (int i = 0; i < 50; i++) {
            assertThat(one.next(LOGITS)).isEqualTo(same.next(LOGITS));
        }
    }

    @Test
    void invalidSettingsAreExplained() {
        assertThatThrownBy(() -> sampling(-1, 0, 1, 0))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("temperature has to be between 0 and 5");
        assertThatThrownBy(() -> sampling(1, 0, 0, 0)).hasMessageContaining("top_p");
    }
}
