package org.avatarengine.slm.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.avatarengine.failure.ModelException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {
    @TempDir
    Path folder;

    private Path written(NumberType type) throws Exception {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("b", new Tensor(new long[] {2, 3}, new float[] {1, -2, 0.5f, 1e-3f, 65504, -0f}));
        tensors.put("a", new Tensor(new long[] {}, new float[] {7}));
        tensors.put("empty", new Tensor(new long[] {0, 4}, new float[0]));
        Map<String, long[]> shapes = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
        Path file = folder.resolve("x.safetensors");
        Safetensors.write(file, shapes, tensors::get, type, Map.of("format", "pt"));
        return file;
    }

    @ParameterizedTest
    @EnumSource(NumberType.class)
    void writtenTensorsAreReadBack(NumberType type) throws Exception {
        try (Safetensors read = Safetensors.open(written(type))) {
            assertThat(read.names()).containsExactlyInAnyOrder("a", "b", "empty");
            assertThat(read.metadata()).containsEntry("format", "pt");
            assertThat(read.tensor("a").values()).containsExactly(7);
            float[] values = read.tensor("b").values();
            // The maximum rounding error of a type with this many mantissa bits.
            double error = type == NumberType.F32 ? 0 : type == NumberType.F16 ? 1.0 / 2048 : 1.0 / 256;
            float[] expected = {1, -2, 0.5f, 1e-3f, 65504, -0f};
            for (int i = 0; i < expected.length; i++) {
                assertThat((double) Math.abs(values[i] - expected[i]))
                        .isLessThanOrEqualTo(error * Math.abs(expected[i]));
            }
            assertThatThrownBy(() -> read.tensor("c"))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("lack the tensor c");
        }
    }

    /** Rounding to bfloat16 by hand: 1 + 2^-8 is halfway between 1 and 1 + 2^-7 and is rounded to the even value, 1. */
    @Test
    void halvesAreRoundedToEven() throws Exception {
        float[] values = {1 + 1f / 256, 1 + 3f / 256, Float.NaN, Float.POSITIVE_INFINITY, 3.4e38f};
        Path file = folder.resolve("r.safetensors");
        Safetensors.write(
                file,
                Map.of("x", new long[] {5}),
                name -> new Tensor(new long[] {5}, values),
                NumberType.BF16,
                Map.of());
        try (Safetensors read = Safetensors.open(file)) {
            assertThat(read.tensor("x").values())
                    .containsExactly(1, 1 + 4f / 256, Float.NaN, Float.POSITIVE_INFINITY, Float.POSITIVE_INFINITY);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"x\": {\"dtype\": \"F32\", \"shape\": [2], \"data_offsets\": [0, 80]}}",
                "{\"x\": {\"dtype\": \"F32\", \"shape\": [2], \"data_offsets\": [-8, 0]}}",
                "{\"x\": {\"dtype\": \"F32\", \"shape\": [3], \"data_offsets\": [0, 8]}}",
                "{\"x\": {\"dtype\": \"F32\", \"shape\": [9999999999, 9999999999], \"data_offsets\": [0, 8]}}",
                "{\"x\": {\"dtype\": \"F32\", \"shape\": [-2], \"data_offsets\": [0, 8]}}",
                "{\"x\": {\"dtype\": \"I64\", \"shape\": [1], \"data_offsets\": [0, 8]}}",
                "{\"x\": {\"dtype\": \"F32\"}}",
                "{\"x\": 3}",
                "[]x",
                "not json"
            })
    void invalidHeadersAreExplained(String header) throws Exception {
        Path file = folder.resolve("wrong.safetensors");
        ByteBuffer bytes = ByteBuffer.allocate(8 + header.length() + 8).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(header.length()).put(header.getBytes());
        Files.write(file, bytes.array());
        assertThatThrownBy(() -> Safetensors.open(file))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("wrong.safetensors is not a safetensors file that can be used");
    }

    /** A file with any change is either read or refused with a message. */
    @Test
    void brokenFilesAreRefused() throws Exception {
        byte[] good = Files.readAllBytes(written(NumberType.F32));
        Random random = new Random(3);
        for (int i = 0; i < 3000; i++) {
            byte[] bad = good.clone();
            if (i % 3 == 0) {
                bad = Arrays.copyOf(bad, random.nextInt(bad.length + 1));
            }
            for (int k = 0; k < 1 + i % 4 && bad.length > 0; k++) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            }
            Path file = folder.resolve("bad.safetensors");
            Files.write(file, bad);
            try (Safetensors read = Safetensors.open(file)) {
                for (String name : read.names()) {
                    read.tensor(name);
                }
            } catch (ModelException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
    }

    @Test
    void partsOutsideTheFolderAreRefused() throws Exception {
        Files.writeString(
                folder.resolve("model.safetensors.index.json"), "{\"weight_map\": {\"x\": \"../secret.safetensors\"}}");
        assertThatThrownBy(() -> Safetensors.openModel(folder))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("names a part outside its folder");
    }
}
