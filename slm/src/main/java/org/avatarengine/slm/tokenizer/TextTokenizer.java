package org.avatarengine.slm.tokenizer;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.avatarengine.failure.ModelException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Converts text to tokens and back, according to a {@code tokenizer.json}. */
public final class TextTokenizer implements AutoCloseable {
    private final HuggingFaceTokenizer tokenizer;
    private final Map<String, Integer> special = new LinkedHashMap<>();
    private final String json;

    /** @throws ModelException when the file cannot be used */
    public TextTokenizer(String json) {
        this.json = json;
        try {
            JsonNode added = new JsonMapper().readTree(json).path("added_tokens");
            added.forEach(token -> special.put(
                    token.path("content").asString(""), token.path("id").asInt(-1)));
            tokenizer = HuggingFaceTokenizer.newInstance(
                    new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)),
                    Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false"));
        } catch (IOException | JacksonException e) {
            throw new ModelException("tokenizer.json cannot be used: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            throw new ModelException("tokenizer.json cannot be used: it is not in Hugging Face's format.", e);
        }
    }

    /**
     * Reads a model's {@code tokenizer.json}.
     *
     * @throws ModelException when the file is missing or cannot be used
     */
    public static TextTokenizer read(Path folder) {
        Path file = folder.resolve("tokenizer.json");
        try {
            return new TextTokenizer(Files.readString(file));
        } catch (IOException e) {
            throw new ModelException(file + " cannot be read. A base model needs it beside its config.json.", e);
        }
    }

    /** The content of {@code tokenizer.json}. */
    public String json() {
        return json;
    }

    /** The tokens of a text. Special tokens written out in it count as special tokens. */
    public long[] encode(String text) {
        return tokenizer.encode(text, false, false).getIds();
    }

    public String decode(long[] ids) {
        return tokenizer.decode(ids, true);
    }

    /** The id of a special token; -1 when there is none of this name. */
    public int special(String token) {
        return special.getOrDefault(token, -1);
    }

    public Map<String, Integer> special() {
        return special;
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
