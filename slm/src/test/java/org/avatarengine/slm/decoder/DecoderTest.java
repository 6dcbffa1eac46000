package org.avatarengine.slm.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.avatarengine.failure.ModelException;
import org.avatarengine.slm.torch.Precision;
import org.avatarengine.slm.torch.Torch;
import org.avatarengine.slm.weights.NumberType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Compares logits with those that {@code src/test/python/reference.py} computed in float64 from the papers. */
class DecoderTest {
    private static Torch torch;

    @TempDir
    Path folder;

    @BeforeAll
    static void open() {
        torch = Torch.open("cpu");
    }

    @AfterAll
    static void close() {
        torch.close();
    }

    static Path fixture(String name) {
        return Path.of(Objects.requireNonNull(DecoderTest.class.getResource(
                                "/org/avatarengine/slm/fixtures/" + name + "/config.json"))
                        .getPath())
                .getParent();
    }

    private static long[] ids(JsonNode expected) {
        return expected.path("ids").valueStream().mapToLong(JsonNode::asLong).toArray();
    }

    private static JsonNode expected(String name) throws IOException {
        return new JsonMapper().readTree(Files.readString(fixture(name).resolve("expected.json")));
    }

    /** One text in one row, with all its tokens evaluated. */
    private static Batch whole(long[] ids) {
        long[] positions = new long[ids.length];
        Arrays.setAll(positions, i -> i);
        return new Batch(1, ids.length, ids, new long[ids.length], positions, positions, ids);
    }

    private static float[] logits(Decoder decoder, Batch batch) {
        try (NDManager scratch = torch.manager().newSubManager()) {
            return decoder.logits(batch, scratch).toFloatArray();
        }
    }

    private static void compare(float[] actual, JsonNode rows, double tolerance) {
        int at = 0;
        double largest = rows.valueStream()
                .flatMap(JsonNode::valueStream)
                .mapToDouble(v -> Math.abs(v.asDouble()))
                .max()
                .orElseThrow();
        for (JsonNode row : rows) {
            for (JsonNode value : row) {
                assertThat((double) actual[at++]).isCloseTo(value.asDouble(), within(tolerance * largest));
            }
        }
        assertThat(actual).hasSize(at);
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama", "qwen2", "sharded"})
    void logitsMatchTheReference(String name) throws IOException {
        JsonNode expected = expected(name);
        try (Decoder decoder = Decoder.load(torch, fixture(name), Precision.FLOAT32, 64)) {
            compare(logits(decoder, whole(ids(expected))), expected.path("logits"), 1e-5);
        }
    }

    @Test
    void anAdapterChangesTheLogitsLikeTheReference() throws IOException {
        JsonNode expected = expected("llama");
        try (Decoder base = Decoder.load(torch, fixture("llama"), Precision.FLOAT32, 64)) {
            Adapter adapter = Adapter.read(torch.manager(), fixture("llama").resolve("adapter"), base.config());
            Decoder adapted = base.adapted(adapter);
            compare(logits(adapted, whole(ids(expected))), expected.path("adapted"), 1e-5);

            adapted.save(folder.resolve("merged"), NumberType.F32);
            try (Decoder merged = Decoder.load(torch, folder.resolve("merged"), Precision.FLOAT32, 64)) {
                compare(logits(merged, whole(ids(expected))), expected.path("adapted"), 1e-5);
            }
            adapter.save(Files.createDirectories(folder.resolve("adapter")), "base");
            Adapter again = Adapter.read(torch.manager(), folder.resolve("adapter"), base.config());
            compare(logits(base.adapted(again), whole(ids(expected))), expected.path("adapted"), 1e-5);
        }
    }

    @ParameterizedTest
    @CsvSource({"llama, 1", "llama, 3", "qwen2, 8", "sharded, 2"})
    void readingTokenByTokenIsReadingAtOnce(String name, int first) throws IOException {
        JsonNode expected = expected(name);
        long[] ids = ids(expected);
        try (Decoder decoder = Decoder.load(torch, fixture(name), Precision.FLOAT32, 64);
                Reading reading = decoder.read(1, 64)) {
            float[] logits = reading.begin(List.of(Arrays.copyOf(ids, first)));
            for (int i = first; i < ids.length; i++) {
                logits = reading.next(new long[] {ids[i]});
            }
            JsonNode last = expected.path("logits").get(ids.length - 1);
            compare(logits, new JsonMapper().createArrayNode().add(last), 1e-5);
            assertThat(reading.length()).isEqualTo(ids.length);
        }
    }

    @Test
    void rowsOfDifferentLengthsDoNotDisturbEachOther() throws IOException {
        JsonNode expected = expected("llama");
        long[] ids = ids(expected);
        try (Decoder decoder = Decoder.load(torch, fixture("llama"), Precision.FLOAT32, 64);
                Reading reading = decoder.read(2, 64)) {
            float[] first = reading.begin(List.of(Arrays.copyOf(ids, 3), Arrays.copyOf(ids, 6)));
            compare(
                    first,
                    new JsonMapper()
                            .createArrayNode()
                            .add(expected.path("logits").get(2))
                            .add(expected.path("logits").get(5)),
                    1e-5);
            float[] next = reading.next(new long[] {ids[3], ids[6]});
            compare(
                    next,
                    new JsonMapper()
                            .createArrayNode()
                            .add(expected.path("logits").get(3))
                            .add(expected.path("logits").get(6)),
                    1e-5);
        }
    }

    @Test
    void textsInOneRowDoNotSeeEachOther() throws IOException {
        JsonNode expected = expected("llama");
        long[] ids = ids(expected);
        int n = ids.length;
        long[] twice = new long[2 * n + 2];
        long[] documents = new long[twice.length];
        long[] positions = new long[twice.length];
        long[] places = new long[n];
        for (int i = 0; i < n; i++) {
            twice[i] = ids[n - 1 - i];
            positions[i] = i;
            twice[n + i] = ids[i];
            documents[n + i] = 1;
            positions[n + i] = i;
            places[i] = n + i;
        }
        documents[2 * n] = documents[2 * n + 1] = 2;
        try (Decoder decoder = Decoder.load(torch, fixture("llama"), Precision.FLOAT32, 64)) {
            Batch packed = new Batch(1, twice.length, twice, documents, positions, places, ids);
            compare(logits(decoder, packed), expected.path("logits"), 1e-5);
        }
    }

    @Test
    void halfPrecisionIsNear() throws IOException {
        JsonNode expected = expected("llama");
        try (Decoder decoder = Decoder.load(torch, fixture("llama"), Precision.BFLOAT16, 64)) {
            compare(logits(decoder, whole(ids(expected))), expected.path("logits"), 0.04);
            decoder.freeze();
            compare(logits(decoder, whole(ids(expected))), expected.path("logits"), 0.04);
        }
    }

    @Test
    void theSameSeedGivesTheSameDecoder() {
        DecoderConfig config = DecoderConfig.llama(40, 32, 2, 4, 2, 32);
        Batch batch = whole(new long[] {1, 2, 3});
        try (Decoder one = Decoder.random(torch, config, Precision.FLOAT32, 7);
                Decoder same = Decoder.random(torch, config, Precision.FLOAT32, 7);
                Decoder other = Decoder.random(torch, config, Precision.FLOAT32, 8)) {
            assertThat(logits(one, batch)).isEqualTo(logits(same, batch)).isNotEqualTo(logits(other, batch));
            long size =
                    one.trainable().values().stream().mapToLong(a -> a.size()).sum();
            assertThat(size).isEqualTo(config.parameters());
        }
    }

    @Test
    void unusableModelsAreExplained() throws IOException {
        Files.writeString(folder.resolve("config.json"), "{\"model_type\": \"gpt2\"}");
        assertThatThrownBy(() -> Decoder.load(torch, folder, Precision.FLOAT32, 64))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("field \"model_type\": \"gpt2\" is not supported");
        Files.writeString(
                folder.resolve("config.json"),
                Files.readString(fixture("llama").resolve("config.json"))
                        .replace("\"hidden_size\": 16", "\"hidden_size\": 24"));
        Files.copy(fixture("llama").resolve("model.safetensors"), folder.resolve("model.safetensors"));
        assertThatThrownBy(() -> Decoder.load(torch, folder, Precision.FLOAT32, 64))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("tensor model.embed_tokens.weight is [32, 16], not [32, 24]");
    }
}
