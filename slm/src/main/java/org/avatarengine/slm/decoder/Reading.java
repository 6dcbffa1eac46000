package org.avatarengine.slm.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;

/** The key-value cache of a decoder: the tokens read so far, so that only the next token has to be computed. */
public final class Reading implements AutoCloseable {
    private final Decoder decoder;
    private final NDManager manager;
    private final int rows;
    private final int most;
    private final List<NDArray> caches = new ArrayList<>();
    private int length;
    private NDArray pad;

    Reading(Decoder decoder, int rows, int most) {
        this.decoder = decoder;
        this.rows = rows;
        this.most = most;
        manager = decoder.manager().newSubManager();
        DecoderConfig config = decoder.config();
        for (int i = 0; i < 2 * config.layers(); i++) {
            caches.add(manager.zeros(new Shape(rows, config.kvHeads(), most, config.headDim())));
        }
        pad = manager.create(new long[rows]);
    }

    /** The number of tokens read, and the capacity. */
    public int length() {
        return length;
    }

    public int most() {
        return most;
    }

    /**
     * Reads the prompts of all rows. Shorter ones are padded on the left.
     *
     * @return the logits after the last token of each, row by row
     */
    public float[] begin(List<long[]> beginnings) {
        if (length > 0 || beginnings.size() != rows) {
            throw new IllegalStateException("reading has begun, or there are other rows");
        }
        int longest = beginnings.stream().mapToInt(ids -> ids.length).max().orElse(0);
        long[] ids = new long[rows * longest];
        long[] empty = new long[rows];
        for (int row = 0; row < rows; row++) {
            long[] one = beginnings.get(row);
            empty[row] = longest - one.length;
            System.arraycopy(one, 0, ids, row * longest + longest - one.length, one.length);
        }
        pad.close();
        pad = manager.create(empty);
        return read(ids, longest);
    }

    /** Reads one more token of each row. */
    public float[] next(long[] ids) {
        return read(ids, 1);
    }

    private float[] read(long[] ids, int each) {
        if (length + each > most) {
            throw new IllegalStateException("no more than " + most + " tokens fit");
        }
        try (NDManager scratch = manager.newSubManager()) {
            NDArray logits = decoder.step(
                    scratch.create(ids, new Shape(rows, each)),
                    scratch.create(new long[] {length}, new Shape()),
                    pad,
                    caches,
                    scratch);
            length += each;
            return logits.toFloatArray();
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
