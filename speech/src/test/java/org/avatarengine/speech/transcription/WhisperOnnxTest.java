package org.avatarengine.speech.transcription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.avatarengine.failure.ModelException;
import org.avatarengine.speech.OnnxBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests decoding with a model whose weights determine the output: each token has a row of logits for the next token and
 * a row of attention over the frames. It has the inputs, outputs and names of a real export.
 */
class WhisperOnnxTest {
    private static final int FRAMES = 3000;
    private static final List<String> TOKENS = List.of(
            "Ġhello",
            "Ġworld",
            "Ġbad",
            "Ġla",
            "s",
            "<|endoftext|>",
            "<|startoftranscript|>",
            "<|en|>",
            "<|de|>",
            "<|transcribe|>",
            "<|nospeech|>",
            "<|notimestamps|>");
    private static final int HELLO = 0;
    private static final int WORLD = 1;
    private static final int BAD = 2;
    private static final int LA = 3;
    private static final int S = 4;
    private static final int END = 5;
    private static final int START = 6;
    private static final int EN = 7;
    private static final int DE = 8;
    private static final int NO_SPEECH = 10;
    private static final int NO_TIMES = 11;

    @TempDir
    Path folder;

    private final float[] next = new float[TOKENS.size() * TOKENS.size()];
    private final float[] attention = new float[TOKENS.size() * FRAMES];

    private void follows(int token, int by, double logit) {
        next[token * TOKENS.size() + by] = (float) logit;
    }

    private void said(int token, int from, int to) {
        for (int f = from; f < to; f++) {
            attention[token * FRAMES + f] = 8;
        }
    }

    private WhisperOnnx open(String language) throws Exception {
        Files.write(
                folder.resolve("encoder_model.onnx"),
                new OnnxBuilder()
                        .input("input_features", OnnxBuilder.FLOAT, "batch", 80, FRAMES)
                        .output("last_hidden_state", OnnxBuilder.FLOAT, "batch", FRAMES, 1)
                        .node(
                                "ReduceMean",
                                List.of("input_features"),
                                List.of("mean"),
                                OnnxBuilder.attribute("axes", new long[] {1}),
                                OnnxBuilder.attribute("keepdims", 1L))
                        .node(
                                "Transpose",
                                List.of("mean"),
                                List.of("last_hidden_state"),
                                OnnxBuilder.attribute("perm", 0, 2, 1))
                        .build());
        OnnxBuilder decoder = new OnnxBuilder()
                .input("input_ids", OnnxBuilder.INT64, "batch", "length")
                .input("encoder_hidden_states", OnnxBuilder.FLOAT, "batch", "frames", 1)
                .input("use_cache_branch", OnnxBuilder.BOOL, 1)
                .constant("next", next, TOKENS.size(), TOKENS.size())
                .constant("attention", attention, TOKENS.size(), FRAMES)
                .constant("one", new long[] {1}, 1)
                .output("logits", OnnxBuilder.FLOAT, "batch", "length", TOKENS.size());
        List<String> outputs = new ArrayList<>(List.of("logits"));
        for (String part : List.of("decoder.key", "decoder.value", "encoder.key", "encoder.value")) {
            decoder.input("past_key_values.0." + part, OnnxBuilder.FLOAT, "batch", 1, "past", 1);
            decoder.output("present.0." + part, OnnxBuilder.FLOAT, "batch", 1, "now", 1);
            outputs.add("present.0." + part);
        }
        decoder.node(
                "If",
                List.of("use_cache_branch"),
                outputs,
                OnnxBuilder.attribute("then_branch", branch()),
                OnnxBuilder.attribute("else_branch", branch()));
        Files.write(folder.resolve("decoder_model_merged.onnx"), decoder.build());
        StringBuilder vocabulary = new StringBuilder();
        StringBuilder added = new StringBuilder();
        for (int i = 0; i < TOKENS.size(); i++) {
            vocabulary
                    .append(i == 0 ? "" : ",")
                    .append('"')
                    .append(TOKENS.get(i))
                    .append("\":")
                    .append(i);
            if (i >= END) {
                added.append(i == END ? "" : ",")
                        .append(
                                "{\"id\":" + i + ",\"content\":\"" + TOKENS.get(i)
                                        + "\",\"single_word\":false,\"lstrip\":false,\"rstrip\":false,\"normalized\":false,\"special\":true}");
            }
        }
        Files.writeString(
                folder.resolve("tokenizer.json"),
                "{\"version\":\"1.0\",\"truncation\":null,\"padding\":null,\"added_tokens\":[" + added
                        + "],\"normalizer\":null,\"pre_tokenizer\":{\"type\":\"ByteLevel\",\"add_prefix_space\":false,"
                        + "\"trim_offsets\":true},\"post_processor\":null,\"decoder\":{\"type\":\"ByteLevel\","
                        + "\"add_prefix_space\":false,\"trim_offsets\":true},\"model\":{\"type\":\"BPE\",\"vocab\":{"
                        + vocabulary + "},\"merges\":[]}}");
        Files.writeString(
                folder.resolve("config.json"),
                "{\"model_type\":\"whisper\",\"num_mel_bins\":80,\"decoder_start_token_id\":6,\"eos_token_id\":5}");
        Files.writeString(
                folder.resolve("generation_config.json"),
                "{\"lang_to_id\":{\"<|en|>\":7,\"<|de|>\":8},\"suppress_tokens\":[2],\"begin_suppress_tokens\":[5]}");
        return new WhisperOnnx(folder, language, 1);
    }

    private OnnxBuilder branch() {
        OnnxBuilder branch = new OnnxBuilder()
                .node("Gather", List.of("next", "input_ids"), List.of("logits"), OnnxBuilder.attribute("axis", 0L))
                .node("Gather", List.of("attention", "input_ids"), List.of("rows"), OnnxBuilder.attribute("axis", 0L))
                .node("Unsqueeze", List.of("rows", "one"), List.of("heads"))
                .node(
                        "Softmax",
                        List.of("heads"),
                        List.of("/model/decoder/layers.0/encoder_attn/Softmax_output_0"),
                        OnnxBuilder.attribute("axis", -1L))
                .output("logits", OnnxBuilder.FLOAT, "batch", "length", TOKENS.size());
        for (String part : List.of("decoder.key", "decoder.value", "encoder.key", "encoder.value")) {
            branch.node("Identity", List.of("past_key_values.0." + part), List.of("present.0." + part))
                    .output("present.0." + part, OnnxBuilder.FLOAT, "batch", 1, "now", 1);
        }
        return branch;
    }

    private static List<String> texts(Transcriber.Heard heard) {
        return heard.words().stream().map(Word::text).toList();
    }

    @Test
    void tokensBecomeWordsWithTheTimesOfTheirAttention() throws Exception {
        follows(NO_TIMES, HELLO, 9);
        follows(HELLO, WORLD, 9);
        follows(WORLD, S, 9);
        follows(S, END, 9);
        // The step that predicts a word attends to its sound.
        said(NO_TIMES, 100, 200);
        said(HELLO, 200, 260);
        said(WORLD, 260, 300);
        try (WhisperOnnx whisper = open("en")) {
            Transcriber.Heard heard = whisper.transcribe(new float[16000 * 3]);
            assertThat(texts(heard)).containsExactly("hello", "worlds");
            assertThat(heard.words().get(1).span().start()).isCloseTo(2.0, within(0.1));
            assertThat(heard.words().get(1).span().end()).isCloseTo(3.0, within(0.1));
            assertThat(heard.words().get(1).probability()).isBetween(0.99, 1.0);
        }
    }

    @Test
    void theLanguageIsDetected() throws Exception {
        follows(START, EN, 2);
        follows(START, DE, 5);
        follows(NO_TIMES, HELLO, 9);
        follows(HELLO, END, 9);
        try (WhisperOnnx whisper = open(null)) {
            assertThat(whisper.transcribe(new float[16000]).language()).isEqualTo("de");
        }
    }

    @Test
    void suppressedTokensAreNotWrittenAndNoTextIsEmpty() throws Exception {
        follows(NO_TIMES, END, 20);
        follows(NO_TIMES, BAD, 19);
        follows(NO_TIMES, WORLD, 18);
        follows(WORLD, END, 9);
        try (WhisperOnnx whisper = open("en")) {
            assertThat(texts(whisper.transcribe(new float[16000]))).containsExactly("world");
        }
    }

    @Test
    void endlessRepetitionsAreLeftOut() throws Exception {
        follows(NO_TIMES, LA, 30);
        follows(LA, S, 30);
        follows(S, LA, 30);
        try (WhisperOnnx whisper = open("en")) {
            assertThat(whisper.transcribe(new float[16000]).words()).isEmpty();
        }
    }

    @Test
    void wordsWithoutSpeechAreLeftOut() throws Exception {
        follows(START, NO_SPEECH, 9);
        follows(NO_TIMES, HELLO, 0.1);
        follows(HELLO, END, 0.1);
        try (WhisperOnnx whisper = open("en")) {
            assertThat(whisper.transcribe(new float[16000]).words()).isEmpty();
        }
    }

    @Test
    void anIncompleteFolderIsNamed() throws Exception {
        try (WhisperOnnx whisper = open("en")) {
            assertThat(whisper.name()).startsWith("whisper ");
        }
        Files.delete(folder.resolve("tokenizer.json"));
        assertThatThrownBy(() -> new WhisperOnnx(folder, "en", 1))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("has no tokenizer.json");
        assertThatThrownBy(() -> new WhisperOnnx(folder.resolve("nowhere"), "en", 1))
                .isInstanceOf(ModelException.class);
    }

    @Test
    void aRepetitiveTextHasAHighCompressionRatio() {
        assertThat(WhisperOnnx.compression("la ".repeat(60))).isGreaterThan(2.4);
        assertThat(WhisperOnnx.compression("And so my fellow Americans ask not what your country can do"))
                .isLessThan(2.4);
        assertThat(WhisperOnnx.compression("")).isEqualTo(1);
    }
}
