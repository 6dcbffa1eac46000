package org.avatarengine.slm.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The optimizer: moving averages of the gradient and its square, with decoupled weight decay.
 *
 * @see <a href="https://arxiv.org/abs/1711.05101">Loshchilov and Hutter 2019</a>
 */
final class AdamW {
    private static final double FIRST_DECAY = 0.9;
    private static final double SECOND_DECAY = 0.95;
    private static final float EPSILON = 1e-8f;

    private final Map<String, NDArray> weights;
    private final double weightDecay;
    private final Map<String, NDArray> first = new LinkedHashMap<>();
    private final Map<String, NDArray> second = new LinkedHashMap<>();

    AdamW(Map<String, NDArray> weights, double weightDecay, NDManager manager) {
        this.weights = weights;
        this.weightDecay = weightDecay;
        weights.forEach((name, weight) -> {
            first.put(name, manager.zeros(weight.getShape()));
            second.put(name, manager.zeros(weight.getShape()));
        });
    }

    /** The moving averages, which are part of a checkpoint. */
    Map<String, NDArray> state() {
        Map<String, NDArray> state = new LinkedHashMap<>();
        first.forEach((name, array) -> state.put("first." + name, array));
        second.forEach((name, array) -> state.put("second." + name, array));
        return state;
    }

    /**
     * Makes one step and sets the gradients to zero.
     *
     * @param step the number of earlier steps
     * @param scale the factor by which gradients are multiplied
     */
    void update(Map<String, NDArray> gradients, int step, double rate, double scale) {
        double correction = Math.sqrt(1 - Math.pow(SECOND_DECAY, step + 1.0)) / (1 - Math.pow(FIRST_DECAY, step + 1.0));
        weights.forEach((name, weight) -> {
            // Norms and biases have no weight decay.
            double decay = weight.getShape().dimension() > 1 ? weightDecay : 0;
            NDArray gradient = gradients.get(name);
            NDArray mean = first.get(name);
            NDArray square = second.get(name);
            if (gradient == null || mean == null || square == null) {
                throw new IllegalStateException("no gradient for " + name);
            }
            weight.getNDArrayInternal()
                    .adamUpdate(
                            new NDList(weight, gradient, mean, square),
                            new NDList(weight),
                            (float) rate,
                            (float) (rate * correction),
                            (float) decay,
                            (float) scale,
                            -1,
                            (float) FIRST_DECAY,
                            (float) SECOND_DECAY,
                            EPSILON,
                            false,
                            true);
        });
    }
}
