package org.avatarengine.slm.training;

import ai.djl.ndarray.NDManager;
import java.util.List;
import org.avatarengine.slm.decoder.Batch;
import org.avatarengine.slm.decoder.Decoder;
import org.avatarengine.slm.tokenizer.Document;
import org.avatarengine.slm.torch.Torch;

/** Computes the loss of each document. */
public final class Scorer {
    private static final int ROWS = 32;

    private final Torch torch;
    private final Decoder decoder;

    public Scorer(Torch torch, Decoder decoder) {
        this.torch = torch;
        this.decoder = decoder;
    }

    /** For each document, the sum of the cross-entropies of its predicted tokens, in nats. */
    public double[] losses(List<Document> documents) {
        double[] losses = new double[documents.size()];
        for (int from = 0; from < losses.length; from += ROWS) {
            List<Document> some = documents.subList(from, Math.min(losses.length, from + ROWS));
            int length = some.stream().mapToInt(d -> d.ids().length).max().orElse(1);
            Batch batch = Packing.oneEach(some, length);
            try (NDManager scratch = torch.manager().newSubManager()) {
                float[] each = decoder.loss(batch, true, scratch).toFloatArray();
                for (int i = 0; i < each.length; i++) {
                    losses[from + (int) (batch.places()[i] / length)] += each[i];
                }
            }
        }
        return losses;
    }
}
