package org.avatarengine.slm.model;

import java.nio.file.Path;
import org.avatarengine.failure.ModelException;
import org.avatarengine.slm.decoder.Adapter;
import org.avatarengine.slm.decoder.Decoder;
import org.avatarengine.slm.generation.Generator;
import org.avatarengine.slm.tokenizer.TalkEncoder;
import org.avatarengine.slm.tokenizer.TextTokenizer;
import org.avatarengine.slm.torch.Precision;
import org.avatarengine.slm.torch.Torch;
import org.jspecify.annotations.Nullable;

/** A model loaded for inference. */
public final class LocalModel implements AutoCloseable {
    /** Longer chats are cut to this length, even if the model has a longer context. */
    private static final int LONGEST = 4096;

    private final Decoder decoder;
    private final TextTokenizer tokenizer;
    private final TalkEncoder encoder;

    private LocalModel(Decoder decoder, TextTokenizer tokenizer) {
        this.decoder = decoder;
        this.tokenizer = tokenizer;
        this.encoder = new TalkEncoder(tokenizer);
    }

    /**
     * Opens a stored model.
     *
     * @throws ModelException when the model or its base model is missing or cannot be used
     */
    public static LocalModel open(Torch torch, ModelStore store, ModelCard card, Precision precision) {
        Path folder = store.folder(card.name());
        if (card.method() != Method.LORA) {
            return open(torch, folder, null, precision);
        }
        if (card.base() == null) {
            throw new ModelException("The card of " + card.name() + " does not name its base model.", null);
        }
        return open(torch, Path.of(card.base()), folder, precision);
    }

    /**
     * Opens a model in Hugging Face's layout.
     *
     * @param adapter the folder of an adapter for it, or null
     */
    public static LocalModel open(Torch torch, Path folder, @Nullable Path adapter, Precision precision) {
        TextTokenizer tokenizer = TextTokenizer.read(folder);
        try {
            Decoder decoder = Decoder.load(torch, folder, precision, LONGEST);
            if (adapter != null) {
                decoder = decoder.adapted(Adapter.read(torch.manager(), adapter, decoder.config()));
            }
            return new LocalModel(decoder, tokenizer);
        } catch (RuntimeException e) {
            tokenizer.close();
            throw e;
        }
    }

    /** Prepares the model for inference only; with half precision, this needs less memory. */
    public LocalModel forSpeaking() {
        if (decoder.adapter() == null) {
            decoder.freeze();
        }
        return this;
    }

    public Decoder decoder() {
        return decoder;
    }

    public TextTokenizer tokenizer() {
        return tokenizer;
    }

    public TalkEncoder encoder() {
        return encoder;
    }

    public Generator generator() {
        return new Generator(decoder, tokenizer, encoder.endToken());
    }

    @Override
    public void close() {
        decoder.close();
        tokenizer.close();
    }
}
