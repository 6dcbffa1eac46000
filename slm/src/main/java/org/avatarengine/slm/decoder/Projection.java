package org.avatarengine.slm.decoder;

/** The matrices of a layer, in the order in which {@code decoder.torchscript} takes them. */
public enum Projection {
    QUERY("self_attn.q_proj", 1),
    KEY("self_attn.k_proj", 5),
    VALUE("self_attn.v_proj", 9),
    OUTPUT("self_attn.o_proj", 13),
    GATE("mlp.gate_proj", 18),
    UP("mlp.up_proj", 22),
    DOWN("mlp.down_proj", 26);

    private final String module;
    private final int place;

    Projection(String module, int place) {
        this.module = module;
        this.place = place;
    }

    /** Its name in PEFT's {@code target_modules}. */
    public String shortName() {
        return module.substring(module.indexOf('.') + 1);
    }

    /** Its name in Hugging Face's layout, without {@code .weight}. */
    public String name(int layer) {
        return "model.layers." + layer + "." + module;
    }

    /** The index of its weight among the thirty inputs of a layer. The bias and LoRA's A and B come next. */
    int place() {
        return place;
    }

    int inputs(DecoderConfig config) {
        return switch (this) {
            case QUERY, KEY, VALUE, GATE, UP -> config.hidden();
            case OUTPUT -> config.heads() * config.headDim();
            case DOWN -> config.intermediate();
        };
    }

    int outputs(DecoderConfig config) {
        return switch (this) {
            case QUERY -> config.heads() * config.headDim();
            case KEY, VALUE -> config.kvHeads() * config.headDim();
            case OUTPUT, DOWN -> config.hidden();
            case GATE, UP -> config.intermediate();
        };
    }

    boolean hasBias(DecoderConfig config) {
        return config.qkvBias() && (this == QUERY || this == KEY || this == VALUE);
    }
}
