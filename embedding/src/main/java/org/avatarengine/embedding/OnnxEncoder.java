package org.avatarengine.embedding;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.avatarengine.vectors.SentenceEncoder;

/**
 * Computes sentence vectors in this process. Texts of similar length form batches, so that there is little padding,
 * and batches are computed on all cores.
 */
public final class OnnxEncoder implements SentenceEncoder {
    private static final int BATCH = 32;

    private final SentenceModel model;
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final HuggingFaceTokenizer tokenizer;
    private final ExecutorService workers;

    /** @param threads the number of batches computed in parallel */
    public OnnxEncoder(SentenceModel model, int threads) {
        this.model = model;
        try (InputStream weights = resource(model.weights());
                InputStream words = resource(model.tokenizer())) {
            environment = OrtEnvironment.getEnvironment();
            try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
                options.setIntraOpNumThreads(1);
                options.setInterOpNumThreads(1);
                session = environment.createSession(weights.readAllBytes(), options);
            }
            tokenizer = HuggingFaceTokenizer.newInstance(
                    words,
                    Map.of("padding", "false", "truncation", "true", "maxLength", String.valueOf(model.longest())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (OrtException e) {
            throw new IllegalStateException("The sentence model could not be loaded.", e);
        }
        workers = Executors.newFixedThreadPool(
                threads,
                Thread.ofPlatform().daemon().name("sentence-encoder-", 0).factory());
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(OnnxEncoder.class.getResourceAsStream(name), name);
    }

    @Override
    public String model() {
        return model.id();
    }

    @Override
    public int dimensions() {
        return model.dimensions();
    }

    private record Tokens(int index, long[] ids) {}

    @Override
    public List<float[]> encode(List<String> texts) {
        int parts = Math.max(1, Math.min(texts.size() / BATCH, 64));
        List<Future<List<Tokens>>> tokenizing = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            int from = (int) ((long) texts.size() * part / parts);
            int to = (int) ((long) texts.size() * (part + 1) / parts);
            tokenizing.add(workers.submit(() -> tokens(texts, from, to)));
        }
        List<Tokens> tokens = new ArrayList<>(texts.size());
        tokenizing.forEach(future -> tokens.addAll(done(future)));
        tokens.sort(Comparator.comparingInt(t -> t.ids.length));
        float[][] vectors = new float[texts.size()][];
        List<Future<?>> running = new ArrayList<>();
        for (int from = 0; from < tokens.size(); from += BATCH) {
            List<Tokens> batch = tokens.subList(from, Math.min(tokens.size(), from + BATCH));
            running.add(workers.submit(() -> {
                compute(batch, vectors);
                return batch;
            }));
        }
        running.forEach(OnnxEncoder::done);
        return List.of(vectors);
    }

    private List<Tokens> tokens(List<String> texts, int from, int to) {
        Encoding[] encodings = tokenizer.batchEncode(texts.subList(from, to));
        return IntStream.range(0, encodings.length)
                .mapToObj(i -> new Tokens(from + i, encodings[i].getIds()))
                .toList();
    }

    private static <T> T done(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while computing sentence vectors.", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("Sentence vectors could not be computed.", e.getCause());
        }
    }

    private void compute(List<Tokens> batch, float[][] vectors) throws OrtException {
        int width = batch.getLast().ids.length;
        int rows = batch.size();
        long[] ids = new long[rows * width];
        long[] mask = new long[rows * width];
        for (int row = 0; row < rows; row++) {
            long[] its = batch.get(row).ids;
            System.arraycopy(its, 0, ids, row * width, its.length);
            java.util.Arrays.fill(mask, row * width, row * width + its.length, 1);
        }
        long[] shape = {rows, width};
        try (OnnxTensor idTensor = OnnxTensor.createTensor(environment, LongBuffer.wrap(ids), shape);
                OnnxTensor maskTensor = OnnxTensor.createTensor(environment, LongBuffer.wrap(mask), shape);
                OnnxTensor types = OnnxTensor.createTensor(environment, LongBuffer.allocate(rows * width), shape);
                OrtSession.Result result = session.run(
                        Map.of("input_ids", idTensor, "attention_mask", maskTensor, "token_type_ids", types))) {
            FloatBuffer states = ((OnnxTensor) result.get(0)).getFloatBuffer();
            for (int row = 0; row < rows; row++) {
                int pieces = model.firstPieceOnly() ? 1 : batch.get(row).ids.length;
                vectors[batch.get(row).index] = mean(states, row * width, pieces);
            }
        }
    }

    private float[] mean(FloatBuffer states, int firstToken, int tokens) {
        int dimensions = model.dimensions();
        float[] sum = new float[dimensions];
        float[] state = new float[dimensions];
        for (int t = 0; t < tokens; t++) {
            states.get((firstToken + t) * dimensions, state);
            for (int d = 0; d < dimensions; d++) {
                sum[d] += state[d];
            }
        }
        double square = 0;
        for (float value : sum) {
            square += (double) value * value;
        }
        float length = (float) Math.sqrt(square);
        for (int d = 0; d < dimensions; d++) {
            sum[d] /= length;
        }
        return sum;
    }

    @Override
    public void close() {
        workers.shutdownNow();
        tokenizer.close();
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("The sentence model could not be closed.", e);
        }
    }
}
