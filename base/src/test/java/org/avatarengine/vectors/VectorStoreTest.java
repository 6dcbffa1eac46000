package org.avatarengine.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
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
    void storesVectorsWithLittleLoss() {
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
    void removesTheIncompleteEntryOfAKilledProcess() throws Exception {
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
    void theFileContainsNoText() throws Exception {
        try (VectorStore store = VectorStore.open(folder, "m", 384)) {
            store.put(List.of("a secret nobody may read"), List.of(unit(1)));
        }
        assertThat(new String(
                        Files.readAllBytes(folder.resolve("m.vectors")), java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("secret");
    }

    @Test
    void retainRemovesAllOtherVectors() throws Exception {
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

    private static final int RECORD = 8 + 4 + 384;

    private Path index() {
        return folder.resolve("m.vectors.index");
    }

    /** Numbered texts, so many that the index has to grow. */
    private void fill(int from, int to) {
        try (VectorStore store = VectorStore.open(folder, "m", 384)) {
            for (int i = from; i < to; i++) {
                store.put(List.of("text " + i), List.of(unit(i)));
            }
        }
    }

    private void holds(int from, int to) {
        try (VectorStore store = VectorStore.open(folder, "m", 384)) {
            for (int i = from; i < to; i++) {
                assertThat(dot(store.get("text " + i), unit(i)))
                        .as("text %d", i)
                        .isCloseTo(1, Offset.offset(0.002));
            }
            assertThat(store.has("text " + to)).isFalse();
            assertThat(store.size()).isEqualTo(to - from);
        }
    }

    @Test
    void theIndexIsUsedAgainAsItWasLeft() throws Exception {
        fill(0, 2000);
        byte[] left = Files.readAllBytes(index());
        holds(0, 2000);
        assertThat(Files.readAllBytes(index())).isEqualTo(left);
        fill(2000, 2100);
        holds(0, 2100);
    }

    @Test
    void aMissingOrDamagedIndexIsBuiltAgain() throws Exception {
        fill(0, 500);
        byte[] whole = Files.readAllBytes(index());
        Files.delete(index());
        holds(0, 500);
        assertThat(Files.readAllBytes(index())).isEqualTo(whole);
        for (int at : new int[] {0, 8, 16, 24, 40, 48, 56, 64, whole.length / 2, whole.length - 1}) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x55;
            Files.write(index(), damaged);
            holds(0, 500);
            assertThat(Files.readAllBytes(index())).as("damaged at %d", at).isEqualTo(whole);
        }
        for (int length : new int[] {0, 10, 64, 1000}) {
            Files.write(index(), Arrays.copyOf(whole, length));
            holds(0, 500);
        }
        Files.write(index(), new byte[whole.length]);
        holds(0, 500);
    }

    @Test
    void anIndexThatIsOlderThanTheStoreIsCompleted() throws Exception {
        fill(0, 300);
        byte[] older = Files.readAllBytes(index());
        fill(300, 800);
        Files.write(index(), older);
        holds(0, 800);
    }

    @Test
    void anIndexOfAnotherStoreIsNotUsed() throws Exception {
        fill(0, 300);
        byte[] other = Files.readAllBytes(index());
        Files.delete(folder.resolve("m.vectors"));
        Files.delete(index());
        fill(1000, 1400);
        Files.write(index(), other);
        holds(1000, 1400);
        // As when the store lost its last records.
        fill(1400, 1500);
        byte[] longer = Files.readAllBytes(index());
        try (FileChannel file = FileChannel.open(folder.resolve("m.vectors"), StandardOpenOption.WRITE)) {
            file.truncate(350L * RECORD);
        }
        Files.write(index(), longer);
        holds(1000, 1350);
    }

    @Test
    void pruningLeavesAStoreThatCanBeReadAndFilledAgain() throws Exception {
        fill(0, 1000);
        assertThat(VectorStore.retain(folder, "m", 384, keep -> {
                    for (int i = 600; i < 1000; i++) {
                        keep.accept("text " + i);
                    }
                }))
                .isEqualTo(600);
        assertThat(Files.size(folder.resolve("m.vectors"))).isEqualTo(400L * RECORD);
        holds(600, 1000);
        fill(1000, 1010);
        holds(600, 1010);
    }

    @Test
    void aStoreThatIsOpenElsewhereCanBeRead() {
        fill(0, 100);
        try (VectorStore writing = VectorStore.open(folder, "m", 384)) {
            writing.put(List.of("text 100"), List.of(unit(100)));
            holds(0, 101);
            writing.put(List.of("text 101"), List.of(unit(101)));
            assertThat(writing.size()).isEqualTo(102);
        }
        holds(0, 102);
    }

    /** The process is killed while it writes; what it had written is there, and its index is not trusted. */
    @Test
    void aKilledProcessLeavesAStoreThatOpens() throws Exception {
        fill(0, 200);
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        VectorStoreTest.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader told = process.inputReader()) {
            String line = told.readLine();
            while (line != null && !line.equals("1500")) {
                line = told.readLine();
            }
            assertThat(line).as("what the process says").isEqualTo("1500");
        } finally {
            process.destroyForcibly().waitFor();
        }
        byte[] left = Files.readAllBytes(index());
        try (VectorStore store = VectorStore.open(folder, "m", 384)) {
            assertThat(store.size()).isGreaterThanOrEqualTo(1500);
            for (int i = 0; i < store.size(); i++) {
                assertThat(dot(store.get("text " + i), unit(i))).isCloseTo(1, Offset.offset(0.002));
            }
        }
        assertThat(Files.readAllBytes(index())).isNotEqualTo(left);
    }

    /** Writes until it is killed, and tells how far it is. */
    public static void main(String[] args) {
        try (VectorStore store = VectorStore.open(Path.of(args[0]), "m", 384)) {
            for (int i = 200; ; i++) {
                store.put(List.of("text " + i), List.of(unit(i)));
                System.out.println(i);
            }
        }
    }
}
