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

/** A model that can be spoken with. */
public final class LocalModel implements AutoCloseable {
    /** Longer talks than this are cut, whatever the model was made for. */
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
     * Opens a model of a store.
     *
     * @throws ModelException when it or what it began from is not there or cannot be used
     */
    public static LocalModel open(Torch torch, ModelStore store, ModelCard card, Precision precision) {
        Path folder = store.folder(card.name());
        if (card.method() != Method.LORA) {
            return open(torch, folder, null, precision);
        }
        if (card.base() == null) {
            throw new ModelException("The card of " + card.name() + " does not say what it began from.", null);
        }
        return open(torch, Path.of(card.base()), folder, precision);
    }

    /**
     * Opens a model in Hugging Face's layout.
     *
     * @param adapter the folder of an adapter to it, or null
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

    /** Makes it ready to be spoken with only: smaller, if its precision is half. */
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
