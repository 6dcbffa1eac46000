package org.avatarengine.slm.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.avatarengine.failure.ModelException;
import org.avatarengine.slm.torch.Precision;
import org.avatarengine.slm.torch.Script;
import org.avatarengine.slm.torch.Torch;
import org.avatarengine.slm.weights.NumberType;
import org.avatarengine.slm.weights.Safetensors;
import org.avatarengine.slm.weights.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A decoder-only transformer of the Llama family: RMSNorm before each part, rotary positions, grouped-query attention,
 * SwiGLU. The arithmetic is in {@code decoder.torchscript}; this class holds the weights and prepares the inputs.
 */
public final class Decoder implements AutoCloseable {
    private static final String EMBEDDINGS = "model.embed_tokens.weight";
    private static final String HEAD = "lm_head.weight";
    private static final String LAST_NORM = "model.norm.weight";
    private static final double DEVIATION = 0.02;
    private static final int PLACES = 30;

    private final Torch torch;
    private final NDManager manager;
    private final DecoderConfig config;
    private final Precision precision;
    private final Map<String, NDArray> weights;
    private final @Nullable Adapter adapter;
    private final Script script;
    private List<NDArray> arguments;
    private final NDArray cosines;
    private final NDArray sines;
    private final int longest;

    private Decoder(
            Torch torch,
            NDManager manager,
            DecoderConfig config,
            Precision precision,
            Map<String, NDArray> weights,
            @Nullable Adapter adapter,
            int longest) {
        this.torch = torch;
        this.manager = manager;
        this.config = config;
        this.precision = precision;
        this.weights = weights;
        this.adapter = adapter;
        this.longest = longest;
        script = new Script(torch, "Decoder", source());
        arguments = arguments();
        RotaryEmbedding rotary = RotaryEmbedding.of(config, longest);
        Shape shape = new Shape(longest, config.headDim());
        cosines = manager.create(rotary.cosines(), shape);
        sines = manager.create(rotary.sines(), shape);
    }

    /**
     * An untrained decoder. Its weights are normally distributed; those that add to the residual stream are smaller the
     * more layers there are (as in GPT-2).
     */
    public static Decoder random(Torch torch, DecoderConfig config, Precision precision, long seed) {
        NDManager manager = torch.manager().newSubManager();
        Random random = new Random(seed);
        Map<String, NDArray> weights = new LinkedHashMap<>();
        shapes(config).forEach((name, shape) -> {
            if (shape.length == 1 && !name.endsWith(".bias")) {
                weights.put(name, manager.ones(new Shape(shape)));
            } else if (shape.length == 1) {
                weights.put(name, manager.zeros(new Shape(shape)));
            } else {
                boolean adds = name.contains("o_proj") || name.contains("down_proj");
                double deviation = adds ? DEVIATION / Math.sqrt(2.0 * config.layers()) : DEVIATION;
                float[] values = new float[Math.toIntExact(shape[0] * shape[1])];
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) (deviation * random.nextGaussian());
                }
                weights.put(name, manager.create(values, new Shape(shape)));
            }
        });
        return new Decoder(torch, manager, config, precision, weights, null, config.context());
    }

    /**
     * Reads a decoder in Hugging Face's layout.
     *
     * @param longest the maximum length of a row in tokens, limited to the decoder's own context length
     * @throws ModelException when the files cannot be used
     */
    public static Decoder load(Torch torch, Path folder, Precision precision, int longest) {
        DecoderConfig config = DecoderConfig.read(folder);
        NDManager manager = torch.manager().newSubManager();
        try (Safetensors tensors = Safetensors.openModel(folder)) {
            Map<String, NDArray> weights = new LinkedHashMap<>();
            shapes(config).forEach((name, shape) -> weights.put(name, array(manager, tensors, name, shape)));
            return new Decoder(torch, manager, config, precision, weights, null, Math.min(longest, config.context()));
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    /** This decoder with an adapter. Both share the weights, and closing either closes both. */
    public Decoder adapted(Adapter change) {
        return new Decoder(torch, manager, config, precision, weights, change, longest);
    }

    /**
     * Makes inference faster by converting the matrices to the precision in which they are multiplied. Afterwards the
     * decoder can neither be trained nor stored.
     */
    public void freeze() {
        if (precision == Precision.FLOAT32) {
            return;
        }
        if (adapter != null) {
            throw new IllegalStateException("an adapter has to be merged first");
        }
        Map<NDArray, NDArray> cast = new IdentityHashMap<>();
        List<NDArray> frozen = new ArrayList<>();
        for (NDArray argument : arguments) {
            boolean matrix = argument.getShape().dimension() == 2;
            frozen.add(
                    matrix
                            ? cast.computeIfAbsent(argument, array -> script.run("cast", false, manager, array))
                            : argument);
        }
        arguments = frozen;
        cast.keySet().forEach(NDArray::close);
        weights.clear();
    }

    static NDArray array(NDManager manager, Safetensors from, String name, long... shape) {
        Tensor tensor = from.tensor(name);
        if (!Arrays.equals(tensor.shape(), shape)) {
            throw new ModelException(
                    "The weights do not fit the model's config.json: tensor " + name + " is "
                            + Arrays.toString(tensor.shape()) + ", not " + Arrays.toString(shape) + ".",
                    null);
        }
        return manager.create(tensor.values(), new Shape(shape));
    }

    /** All weights by their names in Hugging Face's layout. */
    static Map<String, long[]> shapes(DecoderConfig config) {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        shapes.put(EMBEDDINGS, new long[] {config.vocabulary(), config.hidden()});
        shapes.put(LAST_NORM, new long[] {config.hidden()});
        if (!config.tied()) {
            shapes.put(HEAD, new long[] {config.vocabulary(), config.hidden()});
        }
        for (int layer = 0; layer < config.layers(); layer++) {
            shapes.put(norm(layer, "input_layernorm"), new long[] {config.hidden()});
            shapes.put(norm(layer, "post_attention_layernorm"), new long[] {config.hidden()});
            for (Projection projection : Projection.values()) {
                shapes.put(
                        projection.name(layer) + ".weight",
                        new long[] {projection.outputs(config), projection.inputs(config)});
                if (projection.hasBias(config)) {
                    shapes.put(projection.name(layer) + ".bias", new long[] {projection.outputs(config)});
                }
            }
        }
        return shapes;
    }

    private static String norm(int layer, String which) {
        return "model.layers." + layer + "." + which + ".weight";
    }

    private String source() {
        String text;
        try (InputStream in = Objects.requireNonNull(Decoder.class.getResourceAsStream("decoder.torchscript"))) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.replace("{DTYPE}", Integer.toString(precision.scalarType()))
                .replace("{HEAD_DIM}", Integer.toString(config.headDim()))
                .replace("{HEADS}", Integer.toString(config.heads()))
                .replace("{KV_HEADS}", Integer.toString(config.kvHeads()))
                .replace("{GROUP}", Integer.toString(config.heads() / config.kvHeads()))
                .replace("{HIDDEN}", Integer.toString(config.hidden()))
                .replace("{LAYERS}", Integer.toString(config.layers()))
                .replace("{WIDE}", torch.hasDoubles() ? "7" : "6")
                .replace("{EPS}", Double.toString(config.epsilon()))
                .replace("{LORA_SCALE}", Double.toString(adapter == null ? 1 : adapter.scale()));
    }

    private List<NDArray> arguments() {
        NDArray nothing = manager.zeros(new Shape(0));
        List<NDArray> list = new ArrayList<>();
        list.add(weight(EMBEDDINGS));
        list.add(weight(LAST_NORM));
        list.add(weight(config.tied() ? EMBEDDINGS : HEAD));
        for (int layer = 0; layer < config.layers(); layer++) {
            NDArray[] places = new NDArray[PLACES];
            places[0] = weight(norm(layer, "input_layernorm"));
            places[17] = weight(norm(layer, "post_attention_layernorm"));
            for (Projection projection : Projection.values()) {
                int at = projection.place();
                places[at] = weight(projection.name(layer) + ".weight");
                places[at + 1] = projection.hasBias(config) ? weight(projection.name(layer) + ".bias") : nothing;
                NDArray a = adapter == null ? null : adapter.find(layer, projection, "A");
                NDArray b = adapter == null ? null : adapter.find(layer, projection, "B");
                places[at + 2] = a == null ? nothing : a;
                places[at + 3] = b == null ? nothing : b;
            }
            list.addAll(Arrays.asList(places));
        }
        return list;
    }

    private NDArray weight(String name) {
        return Objects.requireNonNull(weights.get(name));
    }

    public DecoderConfig config() {
        return config;
    }

    public Precision precision() {
        return precision;
    }

    public @Nullable Adapter adapter() {
        return adapter;
    }

    /** The maximum length of a row in tokens. */
    public int longest() {
        return longest;
    }

    NDManager manager() {
        return manager;
    }

    /** The trainable weights, always in the same order: those of the adapter, or all if there is none. */
    public Map<String, NDArray> trainable() {
        return adapter == null ? weights : adapter.weights();
    }

    /**
     * The sum of the cross-entropies of a batch's targets in nats, as a differentiable tensor.
     *
     * @param dropout the share of values that are set to zero at random before they are added to the residual stream
     */
    public NDArray learningLoss(Batch batch, double dropout, NDManager to) {
        NDArray hidden = hidden(batch, true, dropout, to);
        return script.run("loss", true, to, hidden, to.create(batch.places()), to.create(batch.targets()), arguments);
    }

    /**
     * The cross-entropy of a batch's targets in nats.
     *
     * @param each whether to return one value per target instead of their sum
     */
    public NDArray loss(Batch batch, boolean each, NDManager to) {
        NDArray hidden = hidden(batch, false, 0, to);
        return script.run(
                each ? "losses" : "loss",
                false,
                to,
                hidden,
                to.create(batch.places()),
                to.create(batch.targets()),
                arguments);
    }

    /** The logits after each of a batch's places; shape (places, vocabulary). */
    public NDArray logits(Batch batch, NDManager to) {
        return script.run("logits", false, to, hidden(batch, false, 0, to), to.create(batch.places()), arguments);
    }

    private NDArray hidden(Batch batch, boolean gradients, double dropout, NDManager to) {
        Shape shape = new Shape(batch.rows(), batch.length());
        return script.run(
                "hidden",
                gradients,
                to,
                to.create(batch.ids(), shape),
                to.create(batch.documents(), shape),
                to.create(batch.positions(), shape),
                cosines,
                sines,
                to.create((float) dropout),
                arguments);
    }

    /** The sum of squares of all numbers of some arrays. */
    public double squares(List<NDArray> arrays, NDManager to) {
        return script.run("squares", false, to, arrays)
                .toType(DataType.FLOAT64, false)
                .getDouble();
    }

    /** Replaces the values of an array. */
    public void assign(NDArray target, float[] values) {
        try (NDManager scratch = manager.newSubManager()) {
            script.run("assign", false, scratch, target, scratch.create(values, target.getShape()));
        }
    }

    /** Starts inference token by token. Several texts at a time are padded on the left to the same length. */
    public Reading read(int rows, int most) {
        return new Reading(this, rows, Math.min(most, longest));
    }

    NDArray step(NDArray ids, NDArray start, NDArray pad, List<NDArray> caches, NDManager to) {
        return script.run("step", false, to, ids, start, pad, cosines, sines, arguments, caches);
    }

    /**
     * Writes the decoder in Hugging Face's layout, with its adapter merged.
     *
     * @param type the number type of the weights
     */
    public void save(Path folder, NumberType type) throws IOException {
        Files.createDirectories(folder);
        try (NDManager scratch = manager.newSubManager()) {
            write(folder.resolve("model.safetensors"), merged(scratch), type);
        }
        Files.writeString(folder.resolve("config.json"), config.json());
    }

    /** The weights by their names in Hugging Face's layout, with the adapter merged. */
    public Map<String, NDArray> merged(NDManager scratch) {
        Map<String, NDArray> merged = new LinkedHashMap<>(weights);
        if (adapter != null) {
            for (int layer = 0; layer < config.layers(); layer++) {
                for (Projection target : Projection.values()) {
                    NDArray a = adapter.find(layer, target, "A");
                    NDArray b = adapter.find(layer, target, "B");
                    if (a != null && b != null) {
                        NDArray change = b.matMul(a).mul(adapter.scale());
                        change.attach(scratch);
                        NDArray sum = weight(target.name(layer) + ".weight").add(change);
                        sum.attach(scratch);
                        merged.put(target.name(layer) + ".weight", sum);
                    }
                }
            }
        }
        return merged;
    }

    /** Writes arrays as one safetensors file. */
    public static void write(Path file, Map<String, NDArray> arrays, NumberType type) throws IOException {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        arrays.forEach((name, array) -> shapes.put(name, array.getShape().getShape()));
        Safetensors.write(
                file,
                shapes,
                name -> {
                    NDArray array = Objects.requireNonNull(arrays.get(name));
                    return new Tensor(array.getShape().getShape(), array.toFloatArray());
                },
                type,
                Map.of("format", "pt"));
    }

    @Override
    public void close() {
        script.close();
        manager.close();
    }
}
