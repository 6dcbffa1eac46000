package org.avatarengine.speech.transcription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.avatarengine.failure.ModelException;
import org.avatarengine.speech.Sounds;
import org.avatarengine.speech.recording.SpeechModels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the real whisper.cpp on a model with random weights in the format of its converter. The text is meaningless, but
 * all calls are real.
 */
class WhisperCppTest {
    private static final int VOCABULARY = 51864;
    private static final int STATE = 32;
    private static final int LAYERS = 4;
    private static final int MELS = 80;

    @TempDir
    Path folder;

    private final Random random = new Random(7);

    private static void number(DataOutputStream out, int value) throws IOException {
        out.writeInt(Integer.reverseBytes(value));
    }

    private void tensor(DataOutputStream out, String name, int type, double scale, int... dims) throws IOException {
        number(out, dims.length);
        number(out, name.length());
        number(out, type);
        int size = 1;
        for (int dim : dims) {
            number(out, dim);
            size *= dim;
        }
        out.write(name.getBytes(StandardCharsets.US_ASCII));
        ByteBuffer data = ByteBuffer.allocate(size * (type == 0 ? 4 : 2)).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < size; i++) {
            float value = (float) (scale * random.nextGaussian());
            if (type == 0) {
                data.putFloat(value);
            } else {
                data.putShort(Float.floatToFloat16(value));
            }
        }
        out.write(data.array());
    }

    private void attention(DataOutputStream out, String name) throws IOException {
        tensor(out, name + "_ln.weight", 0, 1, STATE);
        tensor(out, name + "_ln.bias", 0, 0.1, STATE);
        for (String part : new String[] {"query", "key", "value", "out"}) {
            tensor(out, name + "." + part + ".weight", 1, 0.2, STATE, STATE);
            if (!part.equals("key")) {
                tensor(out, name + "." + part + ".bias", 0, 0.1, STATE);
            }
        }
    }

    private void block(DataOutputStream out, String name, boolean cross) throws IOException {
        attention(out, name + ".attn");
        if (cross) {
            attention(out, name + ".cross_attn");
        }
        tensor(out, name + ".mlp_ln.weight", 0, 1, STATE);
        tensor(out, name + ".mlp_ln.bias", 0, 0.1, STATE);
        tensor(out, name + ".mlp.0.weight", 1, 0.2, STATE, 4 * STATE);
        tensor(out, name + ".mlp.0.bias", 0, 0.1, 4 * STATE);
        tensor(out, name + ".mlp.2.weight", 1, 0.2, 4 * STATE, STATE);
        tensor(out, name + ".mlp.2.bias", 0, 0.1, STATE);
    }

    /** @param space whether there is a token for a space, without which whisper.cpp ends its process */
    private Path model(boolean space) throws IOException {
        Path file = folder.resolve("ggml-random.bin");
        try (OutputStream to = Files.newOutputStream(file);
                DataOutputStream out = new DataOutputStream(new BufferedOutputStream(to))) {
            number(out, 0x67676d6c);
            for (int value : new int[] {VOCABULARY, 1500, STATE, 2, LAYERS, 448, STATE, 2, LAYERS, MELS, 1}) {
                number(out, value);
            }
            number(out, MELS);
            number(out, 201);
            for (int i = 0; i < MELS * 201; i++) {
                number(out, Float.floatToIntBits(i % 201 / 2 == i / 201 ? 0.02f : 0));
            }
            number(out, 50256);
            for (int i = 0; i < 50256; i++) {
                byte[] token = (i == 220 && space ? " " : " w" + i).getBytes(StandardCharsets.US_ASCII);
                number(out, token.length);
                out.write(token);
            }
            tensor(out, "encoder.positional_embedding", 0, 0.1, STATE, 1500);
            tensor(out, "encoder.conv1.weight", 1, 0.1, 3, MELS, STATE);
            tensor(out, "encoder.conv1.bias", 0, 0.1, 1, STATE);
            tensor(out, "encoder.conv2.weight", 1, 0.1, 3, STATE, STATE);
            tensor(out, "encoder.conv2.bias", 0, 0.1, 1, STATE);
            tensor(out, "encoder.ln_post.weight", 0, 1, STATE);
            tensor(out, "encoder.ln_post.bias", 0, 0.1, STATE);
            tensor(out, "decoder.positional_embedding", 0, 0.1, STATE, 448);
            tensor(out, "decoder.token_embedding.weight", 1, 0.3, STATE, VOCABULARY);
            tensor(out, "decoder.ln.weight", 0, 1, STATE);
            tensor(out, "decoder.ln.bias", 0, 0.1, STATE);
            for (int i = 0; i < LAYERS; i++) {
                block(out, "encoder.blocks." + i, false);
                block(out, "decoder.blocks." + i, true);
            }
        }
        return file;
    }

    @Test
    void whisperCppTranscribesAndItsWordsAreWithinTheSound() throws Exception {
        try (Transcriber whisper = new WhisperCpp(model(true), "en", 2)) {
            assertThat(whisper.name()).isEqualTo("whisper.cpp ggml-random.bin");
            Transcriber.Heard heard = whisper.transcribe(Sounds.voice(3, 120, 1, 1));
            assertThat(heard.language()).isEqualTo("en");
            assertThat(heard.words()).isNotEmpty().allSatisfy(word -> {
                assertThat(word.text()).isNotBlank();
                assertThat(word.span().start()).isBetween(0.0, 3.0);
                assertThat(word.span().end()).isBetween(word.span().start(), 3.0);
            });
        }
    }

    @Test
    void aModelThatCrashesIsRefusedAndAValidModelIsAdded() throws Exception {
        SpeechModels models = new SpeechModels(folder.resolve("models"));
        Path broken = model(false);
        assertThatThrownBy(() -> models.add(SpeechModels.Kind.WHISPER, broken))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("the process that tested it ended");
        assertThat(models.all()).isEmpty();
        models.add(SpeechModels.Kind.WHISPER, model(true));
        assertThat(models.all().getFirst().name()).isEqualTo("ggml-random.bin");
        try (Transcriber used = models.transcriber(null, "de", 1)) {
            assertThat(used.name()).isEqualTo("whisper.cpp ggml-random.bin");
        }
        Files.write(folder.resolve("models/whisper/ggml-random.bin/ggml-random.bin"), new byte[] {1});
        assertThatThrownBy(() -> models.transcriber(null, "de", 1))
                .hasMessageContaining("has changed since it was added");
        assertThat(models.delete("ggml-random.bin")).isTrue();
    }

    @Test
    void aFileThatIsNotAModelIsRefused() throws Exception {
        Path text = Files.writeString(folder.resolve("text.bin"), "no model");
        assertThatThrownBy(() -> new WhisperCpp(text, "en", 1)).isInstanceOf(ModelException.class);
    }
}
