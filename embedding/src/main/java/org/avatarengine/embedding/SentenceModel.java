package org.avatarengine.embedding;

/** The bundled models, both English and with 8-bit weights. */
public enum SentenceModel {
    /**
     * all-MiniLM-L6-v2: for semantic similarity, trained on sentences of up to 128 word pieces. A sentence's vector is the
     * mean of its pieces'. The emotion model was trained on its vectors.
     */
    MINILM("all-minilm-l6-v2-q8", "/all-minilm-l6-v2-q", "/all-minilm-l6-v2-q", 128, false),

    /**
     * bge-small-en-v1.5: for retrieval of answers to a question. The vector of the first piece represents the text, as its
     * authors define. It takes twice the time of MiniLM.
     */
    BGE_SMALL("bge-small-en-v1.5-q8", "/bge-small-en-v1.5-q", "/bge-small-en-v1.5-q", 256, true);

    private static final int DIMENSIONS = 384;

    private final String id;
    private final String weights;
    private final String tokenizer;
    private final int longest;
    private final boolean firstPieceOnly;

    SentenceModel(String id, String weights, String tokenizer, int longest, boolean firstPieceOnly) {
        this.id = id;
        this.weights = weights + ".onnx";
        this.tokenizer = tokenizer + "-tokenizer.json";
        this.longest = longest;
        this.firstPieceOnly = firstPieceOnly;
    }

    /** The name of the model, stored with its results. */
    public String id() {
        return id;
    }

    /** The length of each vector. */
    public int dimensions() {
        return DIMENSIONS;
    }

    String weights() {
        return weights;
    }

    String tokenizer() {
        return tokenizer;
    }

    /** The maximum number of word pieces; the rest of a text is cut off. */
    int longest() {
        return longest;
    }

    /** Whether the text's vector is that of the first piece, rather than the mean of all. */
    boolean firstPieceOnly() {
        return firstPieceOnly;
    }
}
