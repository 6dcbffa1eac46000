package org.avatarengine.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VectorStoreTest {
    @TempDir
    Path folder;

    private static float[] unit(long seed) {
        Random random = new Random(seed);
        float[] vector = new float[384];
        double square = 0;
        for (int d = 0; d < vector.length; d++) {
            vector[d] = (float) random.nextGaussian();
            square += vector[d] * vector[d];
        }
        for (int d = 0; d < vector.length; d++) {
            vector[d] /= (float) Math.sqrt(square);
        }
        return vector;
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int d = 0; d < a.length; d++) {
            sum += a[d] * b[d];
        }
        return sum;
    }

    @Test
    void keepsVectorsWithLittleLoss() {
        try (VectorStore store = VectorStore.open(folder, "m", 384)) {
            store.put(List.of("one", "two"), List.of(unit(1), unit(2)));
            store.put(List.of("three"), List.of(unit(3)));
        }
        try (VectorStore store = VectorStore.open(folder, "m", 384)) {
            assertThat(store.size()).isEqualTo(3);
            assertThat(store.has("four")).isFalse();
            assertThat(store.get("four")).isNull();
            assertThat(dot(store.get("two"), unit(2))).isCloseTo(1, Offset.offset(0.002));
            assertThat(dot(store.get("three"), unit(3))).isCloseTo(1, Offset.offset(0.002));
        }
    }

    @Test
    void cutsOffWhatAKilledProcessLeftHalfWritten() throws Exception {
        try (VectorStore store = VectorStore.open(folder, "m", 384)) {
            store.put(List.of("one"), List.of(unit(1)));
        }
        Path file = folder.resolve("m.vectors");
        Files.write(file, new byte[100], StandardOpenOption.APPEND);
        try (VectorStore store = VectorStore.open(folder, "m", 384)) {
            assertThat(store.size()).isEqualTo(1);
            store.put(List.of("two"), List.of(unit(2)));
            assertThat(dot(store.get("two"), unit(2))).isCloseTo(1, Offset.offset(0.002));
        }
        assertThat(Files.size(file)).isEqualTo(2 * (8 + 4 + 384));
    }

    @Test
    void theFileHoldsNoText() throws Exception {
        try (VectorStore store = VectorStore.open(folder, "m", 384)) {
            store.put(List.of("a secret nobody may read"), List.of(unit(1)));
        }
        assertThat(new String(
                        Files.readAllBytes(folder.resolve("m.vectors")), java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("secret");
    }

    @Test
    void onlyWhatIsToldStays() throws Exception {
        try (VectorStore store = VectorStore.open(folder, "m", 384)) {
            store.put(List.of("one", "two", "three"), List.of(unit(1), unit(2), unit(3)));
            store.put(List.of("two"), List.of(unit(4))); // computed again
        }
        long before = Files.size(folder.resolve("m.vectors"));
        assertThat(VectorStore.retain(folder, "m", 384, keep -> {
                    keep.accept("two");
                    keep.accept("never had one");
                }))
                .isEqualTo(2);
        assertThat(Files.size(folder.resolve("m.vectors"))).isEqualTo(before / 4);
        try (VectorStore store = VectorStore.open(folder, "m", 384)) {
            assertThat(store.has("one")).isFalse();
            assertThat(dot(store.get("two"), unit(4))).isCloseTo(1, Offset.offset(0.002));
        }
        assertThat(VectorStore.retain(folder, "m", 384, keep -> keep.accept("two")))
                .isZero();
        assertThat(VectorStore.retain(folder.resolve("nowhere"), "m", 384, keep -> {}))
                .isZero();
    }
}
