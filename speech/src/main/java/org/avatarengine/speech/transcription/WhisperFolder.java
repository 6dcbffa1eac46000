package org.avatarengine.speech.transcription;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.avatarengine.failure.ModelException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A folder with Whisper in ONNX, as exported by Optimum and found on the Hugging Face hub: {@code config.json}, {@code
 * generation_config.json}, {@code tokenizer.json}, and in it or in {@code onnx/} the encoder and the merged decoder.
 *
 * @param filters the number of mel filters of the encoder's input
 * @param start the token that begins a text
 * @param end the token that ends a text
 * @param languages the token of each ISO 639-1 code; empty when the model supports English only
 * @param transcribe the token that requests a transcription; -1 when the model does nothing else
 * @param noTimestamps the token that turns timestamps off
 * @param noSpeech the token for no speech; -1 when there is none
 * @param suppressed the tokens that are never generated
 * @param suppressedFirst the tokens with which no text begins
 */
record WhisperFolder(
        Path encoder,
        Path decoder,
        HuggingFaceTokenizer tokenizer,
        int filters,
        int start,
        int end,
        Map<String, Integer> languages,
        int transcribe,
        int noTimestamps,
        int noSpeech,
        Set<Integer> suppressed,
        Set<Integer> suppressedFirst) {

    private static final List<String> ENCODERS =
            List.of("encoder_model.onnx", "encoder_model_quantized.onnx", "encoder_model_int8.onnx");
    private static final List<String> DECODERS = List.of(
            "decoder_model_merged.onnx", "decoder_model_merged_quantized.onnx", "decoder_model_merged_int8.onnx");

    static WhisperFolder of(Path folder) {
        try {
            JsonNode config = JsonMapper.shared().readTree(need(folder, List.of("config.json")));
            if (!config.path("model_type").asString("").equals("whisper")) {
                throw new ModelException(
                        folder.resolve("config.json")
                                + ": model_type is not whisper: name a folder of a Whisper model.",
                        null);
            }
            JsonNode generation = JsonMapper.shared().readTree(need(folder, List.of("generation_config.json")));
            JsonNode tokenizer = JsonMapper.shared().readTree(need(folder, List.of("tokenizer.json")));
            Map<String, Integer> added = new LinkedHashMap<>();
            for (JsonNode token : tokenizer.path("added_tokens")) {
                added.put(token.path("content").asString(""), token.path("id").asInt(-1));
            }
            Map<String, Integer> languages = new LinkedHashMap<>();
            generation
                    .path("lang_to_id")
                    .properties()
                    .forEach(entry -> languages.put(
                            entry.getKey().replaceAll("[<|>]", ""),
                            entry.getValue().asInt()));
            return new WhisperFolder(
                    need(folder, ENCODERS),
                    need(folder, DECODERS),
                    HuggingFaceTokenizer.newInstance(folder.resolve("tokenizer.json")),
                    config.path("num_mel_bins").asInt(80),
                    config.path("decoder_start_token_id").asInt(),
                    config.path("eos_token_id").asInt(),
                    languages,
                    languages.isEmpty() ? -1 : added.getOrDefault("<|transcribe|>", -1),
                    added.getOrDefault("<|notimestamps|>", -1),
                    added.getOrDefault("<|nospeech|>", added.getOrDefault("<|nocaptions|>", -1)),
                    numbers(generation.path("suppress_tokens")),
                    numbers(generation.path("begin_suppress_tokens")));
        } catch (IOException | JacksonException e) {
            throw new ModelException(folder + " cannot be read as a Whisper model: " + e.getMessage(), e);
        }
    }

    private static Set<Integer> numbers(JsonNode list) {
        Set<Integer> numbers = new HashSet<>();
        list.forEach(number -> numbers.add(number.asInt()));
        return numbers;
    }

    private static Path need(Path folder, List<String> names) {
        for (String name : names) {
            for (Path place : List.of(folder, folder.resolve("onnx"))) {
                if (Files.isRegularFile(place.resolve(name))) {
                    return place.resolve(name);
                }
            }
        }
        throw new ModelException(folder + " has no " + names.getFirst() + ": copy the whole model folder.", null);
    }

    /** Whether a token is text rather than a control token. */
    boolean isText(long token) {
        return token < Math.min(start, end);
    }
}
