package org.avatarengine.source.apps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.avatarengine.source.SourceException;
import org.jspecify.annotations.Nullable;
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
            refused += refuses(file, sample.me()) ? 1 : 0;
        }
        assertThat(refused).as("some damaged files are refused").isPositive();
    }

    /** Whether an export is refused, which must be said in one line. */
    private static boolean refuses(Path place, @Nullable String me) throws InterruptedException {
        try (ExportSource source = KnownApps.open(place, Exported.asked(me))) {
            if (source != null) {
                source.read(org.avatarengine.source.Position.START, batch -> true);
            }
            return false;
        } catch (SourceException e) {
            assertThat(e.getMessage().lines()).hasSize(1);
            assertThat(e.getMessage()).endsWith(".");
            return true;
        }
    }

    /** Exports of several files, of which one is damaged. */
    static Stream<Map<String, String>> folders() {
        return Stream.of(
                SlackContentTest.workspace(
                        "\"user\": \"U1\", \"text\": \"a <@U2> :tada:\", \"attachments\": [{\"is_share\": true, \"text\": \"b\"}]",
                        "\"user\": \"U2\", \"blocks\": [{\"type\": \"rich_text\", \"elements\": [{\"type\":"
                                + " \"rich_text_section\", \"elements\": [{\"type\": \"text\", \"text\": \"c\"}]}]}]"),
                Map.of(
                        "Konto/user.json", "{\"id\": \"11\", \"username\": \"ann\"}",
                        "Nachrichten/index.json", "{\"901\": \"Direktnachricht mit bob#0\"}",
                        "Nachrichten/c901/channel.json",
                                "{\"id\": \"901\", \"type\": \"DM\", \"recipients\": [\"22\", \"11\"]}",
                        "Nachrichten/c901/messages.json",
                                "[{\"ID\": 1, \"Timestamp\": \"2024-05-01 10:00:00\", \"Contents\": \"hi\", \"Attachments\": \"\"}]"),
                Map.of(
                        "inbox/a_1/message_1.json",
                        MetaContentTest.RICH,
                        "inbox/b_2/message_1.json",
                        MetaContentTest.RICH.replace("bob_1", "bob_2")));
    }

    @ParameterizedTest
    @MethodSource("folders")
    void aDamagedFileAmongOthersOnlyThrowsSourceExceptions(Map<String, String> files) throws Exception {
        SplittableRandom random = new SplittableRandom(files.size());
        for (Map.Entry<String, String> damagedOne : new TreeMap<>(files).entrySet()) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                Exported.write(folder, file.getKey(), file.getValue());
            }
            for (int i = 0; i < TRIES / 4; i++) {
                byte[] sound = damagedOne.getValue().getBytes(StandardCharsets.UTF_8);
                Files.write(folder.resolve(damagedOne.getKey()), damaged(sound, random));
                refuses(folder, i % 2 == 0 ? null : "sam");
            }
        }
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
