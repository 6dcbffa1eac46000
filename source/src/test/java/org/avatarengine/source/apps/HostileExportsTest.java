package org.avatarengine.source.apps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.avatarengine.source.SourceException;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Damaged and hostile exports of each kind give a one-line error, or their intact part is read. */
class HostileExportsTest {
    private static final int TRIES = 400;

    @TempDir
    Path folder;

    static Stream<Samples.Sample> samples() {
        return Samples.all().stream();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void anIntactSampleIsRead(Samples.Sample sample) throws Exception {
        Path file = Exported.write(folder, sample.name(), sample.content());
        assertThat(Exported.read(file, sample.me()).messages()).isNotEmpty();
    }

    /** Shortened, changed, repeated or missing bytes cause no exception other than a SourceException. */
    @ParameterizedTest
    @MethodSource("samples")
    void aDamagedSampleOnlyThrowsSourceExceptions(Samples.Sample sample) throws Exception {
        byte[] sound = sample.content().getBytes(StandardCharsets.UTF_8);
        SplittableRandom random = new SplittableRandom(sample.name().hashCode());
        int refused = 0;
        for (int i = 0; i < TRIES; i++) {
            Path file = folder.resolve(sample.name());
            Files.createDirectories(file.getParent());
            Files.write(file, damaged(sound, random));
            try (ExportSource source = KnownApps.open(file, Exported.asked(sample.me()))) {
                if (source != null) {
                    source.read(org.avatarengine.source.Position.START, batch -> true);
                }
            } catch (SourceException e) {
                refused++;
                assertThat(e.getMessage().lines()).hasSize(1);
                assertThat(e.getMessage()).endsWith(".");
            }
        }
        assertThat(refused).as("some damaged files are refused").isPositive();
    }

    private static byte[] damaged(byte[] sound, SplittableRandom random) {
        byte[] bytes = sound.clone();
        int at = random.nextInt(bytes.length);
        int length = random.nextInt(Math.min(200, bytes.length - at));
        switch (random.nextInt(5)) {
            case 0 -> bytes = Arrays.copyOf(bytes, at);
            case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 2 -> Arrays.fill(bytes, at, at + length, (byte) random.nextInt(256));
            case 3 -> {
                byte[] shorter = Arrays.copyOf(bytes, bytes.length - length);
                System.arraycopy(bytes, at + length, shorter, at, bytes.length - at - length);
                bytes = shorter;
            }
            default -> {
                byte[] longer = Arrays.copyOf(bytes, bytes.length + length);
                System.arraycopy(bytes, at, longer, at + length, bytes.length - at);
                bytes = longer;
            }
        }
        return bytes;
    }

    /** Deeply nested values. */
    @Test
    void deeplyNestedJsonIsRefused() throws Exception {
        String deep = "{\"a\":".repeat(200_000);
        for (String begin : List.of(
                "{\"name\":\"x\",\"type\":\"personal_chat\",\"id\":1,\"messages\":[{\"id\":1,\"text\":",
                "{\"guild\":{},\"channel\":{\"id\":\"1\"},\"messages\":[")) {
            Path file = Exported.write(folder, "result.json", begin + deep);
            Assertions.assertTimeoutPreemptively(
                    Duration.ofSeconds(20),
                    () -> assertThatThrownBy(() -> Exported.read(file, "me")).isInstanceOf(SourceException.class));
        }
    }

    /** One message of 100 MB. */
    @Test
    void aTooLargeMessageIsRefused() throws Exception {
        Path file = folder.resolve("result.json");
        try (var out = Files.newBufferedWriter(file)) {
            out.write("{\"name\":\"x\",\"type\":\"personal_chat\",\"id\":1,\"messages\":[{\"id\":1,\"extra\":[");
            String part = "\"" + "x".repeat(1 << 16) + "\",";
            for (int i = 0; i < 1600; i++) {
                out.write(part);
            }
            out.write("1]}]}");
        }
        assertThatThrownBy(() -> Exported.read(file, "me"))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("larger than 64 MiB");
    }
}
