package org.avatarengine.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OnnxEncoderTest {
    private static OnnxEncoder encoder;

    @BeforeAll
    static void open() {
        encoder = new OnnxEncoder(SentenceModel.MINILM, 2);
    }

    @AfterAll
    static void close() {
        encoder.close();
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int d = 0; d < a.length; d++) {
            sum += a[d] * b[d];
        }
        return sum;
    }

    @Test
    void similarTextsHaveSimilarVectors() {
        List<float[]> v = encoder.encode(
                List.of("I love my dog", "my puppy is adorable", "the invoice is overdue", "please pay the bill"));
        assertThat(dot(v.get(0), v.get(1))).isGreaterThan(0.5);
        assertThat(dot(v.get(2), v.get(3))).isGreaterThan(dot(v.get(0), v.get(2)) + 0.2);
        assertThat(dot(v.get(0), v.get(0))).isCloseTo(1, Offset.offset(1e-5));
        assertThat(v.getFirst()).hasSize(encoder.dimensions());
    }

    @Test
    void aVectorHardlyDependsOnItsBatch() {
        List<String> many = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            many.add("message number " + i + " and some words".repeat(i % 7));
        }
        List<float[]> together = encoder.encode(many);
        for (int i = 0; i < 200; i += 37) {
            // Activations are quantized over a batch, so the last digits differ.
            assertThat(dot(together.get(i), encoder.encode(List.of(many.get(i))).getFirst()))
                    .isGreaterThan(0.97);
        }
    }

    @Test
    void anyTextHasAVector() {
        for (float[] vector : encoder.encode(List.of("", "🎉", "你好", "x".repeat(10_000), "\u0000\uD800"))) {
            assertThat(dot(vector, vector)).isCloseTo(1, Offset.offset(1e-5));
        }
        assertThat(encoder.encode(List.of())).isEmpty();
    }
}
