package org.avatarengine.slm.model;

import org.avatarengine.slm.decoder.DecoderConfig;

/** The size of a model that is trained from scratch. More training data makes a larger model worthwhile. */
public enum Size {
    /** About two million parameters. */
    TINY(192, 4, 6, 3),
    /** About five million. */
    SMALL(256, 6, 8, 4),
    /** About twelve million. */
    MEDIUM(384, 8, 6, 3);

    private static final long SMALL_FROM = 3_000_000;
    private static final long MEDIUM_FROM = 20_000_000;

    private final int hidden;
    private final int layers;
    private final int heads;
    private final int kvHeads;

    Size(int hidden, int layers, int heads, int kvHeads) {
        this.hidden = hidden;
        this.layers = layers;
        this.heads = heads;
        this.kvHeads = kvHeads;
    }

    /** The size for an amount of training data in characters. */
    static Size of(long characters) {
        return characters >= MEDIUM_FROM ? MEDIUM : characters >= SMALL_FROM ? SMALL : TINY;
    }

    /** The size of the vocabulary for an amount of training data in characters. */
    static int vocabulary(long characters) {
        return characters >= MEDIUM_FROM ? 8192 : characters >= SMALL_FROM ? 4096 : characters >= 300_000 ? 2048 : 1024;
    }

    public DecoderConfig config(int vocabulary, int context) {
        return DecoderConfig.llama(vocabulary, hidden, layers, heads, kvHeads, context);
    }
}
