package org.avatarengine.benchmarks;

import java.util.List;
import java.util.SplittableRandom;
import org.avatarengine.embedding.SentenceModel;
import org.avatarengine.text.Tokenizer;
import org.avatarengine.vectors.SentenceEncoder;
import org.jspecify.annotations.Nullable;

/**
 * Unit vectors that are sums of one random vector for each word. They replace a sentence model's, which would take an hour
 * for a large store. Searching them takes the same time.
 *
 * @param timed an encoder that also encodes each text, so that its time counts; null for none
 */
public record HashedWords(@Nullable SentenceEncoder timed) implements SentenceEncoder {
    @Override
    public String model() {
        return "hashing";
    }

    @Override
    public int dimensions() {
        return SentenceModel.BGE_SMALL.dimensions();
    }

    @Override
    public List<float[]> encode(List<String> texts) {
        if (timed != null) {
            timed.encode(texts);
        }
        return texts.stream().map(this::vector).toList();
    }

    private float[] vector(String text) {
        float[] sum = new float[dimensions()];
        Tokenizer.tokens(text).forEach(token -> {
            SplittableRandom random = new SplittableRandom(token.text().hashCode());
            for (int i = 0; i < sum.length; i++) {
                sum[i] += (float) random.nextGaussian();
            }
        });
        double square = 1e-9;
        for (float value : sum) {
            square += value * value;
        }
        for (int i = 0; i < sum.length; i++) {
            sum[i] /= (float) Math.sqrt(square);
        }
        return sum;
    }

    @Override
    public void close() {}
}
