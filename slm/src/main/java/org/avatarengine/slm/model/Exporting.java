package org.avatarengine.slm.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.avatarengine.failure.ModelException;
import org.avatarengine.slm.torch.Precision;
import org.avatarengine.slm.torch.Torch;
import org.avatarengine.slm.weights.NumberType;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Writes models for other programs. */
public final class Exporting {
    private final Torch torch;
    private final ModelStore store;

    public Exporting(Torch torch, ModelStore store) {
        this.torch = torch;
        this.store = store;
    }

    /** Writes a folder in Hugging Face's layout, with the adapter merged. */
    public void safetensors(ModelCard card, Path folder, NumberType type) throws IOException {
        try (LocalModel model = LocalModel.open(torch, store, card, Precision.FLOAT32)) {
            model.decoder().save(folder, type);
            Path from = described(card);
            for (String file : ModelTraining.DESCRIPTION) {
                if (Files.isRegularFile(from.resolve(file))) {
                    Files.copy(from.resolve(file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    /**
     * Writes one GGUF file for llama.cpp and programs based on it, with the adapter merged.
     *
     * @throws ModelException when its tokenizer cannot be written in this format
     */
    public void gguf(ModelCard card, Path file, NumberType type) throws IOException {
        try (LocalModel model = LocalModel.open(torch, store, card, Precision.FLOAT32)) {
            Path config = described(card).resolve("tokenizer_config.json");
            String template = "";
            if (Files.isRegularFile(config)) {
                try {
                    template = GgufExport.template(new JsonMapper().readTree(Files.readString(config)));
                } catch (JacksonException e) {
                    throw new ModelException(config + " cannot be read: " + e.getMessage(), e);
                }
            }
            new GgufExport(model).write(torch, card.name(), template, type, file);
        }
    }

    /** The folder with the files of the tokenizer. An adapter uses those of its base model. */
    private Path described(ModelCard card) {
        return card.method() == Method.LORA && card.base() != null ? Path.of(card.base()) : store.folder(card.name());
    }
}
