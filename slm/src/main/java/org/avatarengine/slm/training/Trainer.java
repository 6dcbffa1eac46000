package org.avatarengine.slm.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.avatarengine.failure.ModelException;
import org.avatarengine.slm.decoder.Batch;
import org.avatarengine.slm.decoder.Decoder;
import org.avatarengine.slm.tokenizer.Document;
import org.avatarengine.slm.torch.Precision;
import org.avatarengine.slm.torch.Torch;
import org.jspecify.annotations.Nullable;

/** Trains a decoder, or its adapter, on documents. */
public final class Trainer {
    private static final double SMOOTHING = 0.95;

    private final Torch torch;
    private final Decoder decoder;
    private final TrainingPlan plan;
    private final Map<String, NDArray> weights;
    private final Checkpoint checkpoint;

    /** @param folder the folder for checkpoints; it is removed at the end of the training */
    public Trainer(Torch torch, Decoder decoder, TrainingPlan plan, Path folder) {
        this.torch = torch;
        this.decoder = decoder;
        this.plan = plan;
        this.weights = decoder.trainable();
        this.checkpoint = new Checkpoint(folder, decoder);
    }

    /** The training, validation and test data. */
    public record Documents(List<Document> train, List<Document> valid, List<Document> test) {}

    /** The state of the run. */
    private static final class Course {
        private double before = Double.NaN;
        private int step;
        private double best = Double.POSITIVE_INFINITY;
        private int bestStep;
        private int worse;
        private long tokens;
        private double seconds;
        private double smooth = Double.NaN;
        private double sum;
        private long counted;
        private double valid = Double.NaN;
        private final List<TrainingReport.Point> curve = new ArrayList<>();
    }

    /**
     * Trains the model.
     *
     * @param fingerprint the fingerprint of the input; a checkpoint of another training is not continued
     * @param resume whether to continue from a checkpoint, if there is one
     * @param stop checked after each step; true ends the training and keeps the checkpoint
     * @throws InterruptedException when {@code stop} returned true
     * @throws ModelException when there is a checkpoint of another training, the loss diverges, or files cannot be
     *     written
     */
    public TrainingReport train(
            Documents documents, String fingerprint, boolean resume, TrainingListener listener, BooleanSupplier stop)
            throws InterruptedException {
        try (NDManager manager = torch.manager().newSubManager()) {
            AdamW optimizer = new AdamW(weights, plan.weightDecay(), manager);
            Course course = new Course();
            course.before = mean(batches(documents.test()));
            if (resume) {
                resume(course, optimizer, fingerprint);
            } else {
                checkpoint.clear();
            }
            weights.values().forEach(weight -> weight.setRequiresGradient(true));
            try {
                return run(documents, fingerprint, course, optimizer, listener, stop);
            } finally {
                weights.values().forEach(weight -> weight.setRequiresGradient(false));
            }
        } catch (IOException e) {
            throw new ModelException(
                    "The checkpoint cannot be stored: " + e.getMessage()
                            + ". Free some space, then continue from the last checkpoint with --resume.",
                    e);
        }
    }

    /** The precision of the interrupted training in a folder; null when there is none. */
    public static @Nullable Precision interrupted(Path folder) {
        Checkpoint.State state = Checkpoint.state(folder);
        return state == null ? null : state.precision();
    }

    private void resume(Course course, AdamW optimizer, String fingerprint) {
        Checkpoint.State state = checkpoint.state();
        if (state == null) {
            return;
        }
        if (!state.fingerprint().equals(fingerprint)) {
            throw new ModelException(
                    "The interrupted training had other data or settings. Use the same ones, or begin"
                            + " again without --resume.",
                    null);
        }
        checkpoint.restore(weights, optimizer.state());
        course.step = state.step();
        course.best = state.best();
        course.bestStep = state.bestStep();
        course.worse = state.worse();
        course.tokens = state.tokens();
        course.seconds = state.seconds();
        course.curve.addAll(state.curve());
        if (!course.curve.isEmpty()) {
            Double last = course.curve.getLast().valid();
            course.valid = last == null ? Double.NaN : last;
        }
    }

    private TrainingReport run(
            Documents documents,
            String fingerprint,
            Course course,
            AdamW optimizer,
            TrainingListener listener,
            BooleanSupplier stop)
            throws IOException, InterruptedException {
        Packing packing = new Packing(documents.train(), plan.length(), plan.rows());
        List<Batch> valid = batches(documents.valid());
        int epoch = -1;
        List<List<Batch>> steps = List.of();
        int each = steps(packing.shuffled(plan.seed())).size();
        int all = each * plan.epochs();
        int between = plan.evaluateEvery() > 0 ? plan.evaluateEvery() : each;
        long begun = System.nanoTime();
        long processed = 0;
        double before = course.seconds;
        boolean stopped = false;
        while (course.step < all && !stopped) {
            if (course.step / each != epoch) {
                epoch = course.step / each;
                // In another order, the same documents may need a row more or less. The number of steps is what counts.
                steps = steps(packing.shuffled(plan.seed() + epoch));
            }
            List<Batch> batches = steps.get(Math.min(course.step % each, steps.size() - 1));
            step(batches, course, optimizer, plan.rate(course.step, all));
            course.step++;
            processed += batches.stream()
                    .mapToLong(b -> (long) b.rows() * b.length())
                    .sum();
            course.seconds = before + (System.nanoTime() - begun) / 1e9;
            if (!valid.isEmpty() && (course.step % between == 0 || course.step == all)) {
                stopped = evaluate(valid, course);
            }
            listener.at(
                    course.step,
                    all,
                    course.smooth,
                    course.valid,
                    processed * 1e9 / Math.max(1, System.nanoTime() - begun));
            boolean wanted = stop.getAsBoolean();
            if (wanted || course.step % plan.checkpointEvery() == 0) {
                save(course, fingerprint, optimizer);
            }
            if (wanted) {
                throw new InterruptedException();
            }
        }
        if (!valid.isEmpty()) {
            checkpoint.restoreBest(weights);
        }
        List<Batch> test = batches(documents.test());
        return new TrainingReport(
                course.step,
                valid.isEmpty() ? course.step : course.bestStep,
                valid.isEmpty() ? Double.NaN : course.best,
                course.before,
                mean(test),
                targets(test),
                course.tokens,
                course.seconds,
                stopped,
                List.copyOf(course.curve));
    }

    /** Removes the checkpoints after the model has been stored. */
    public void finish() throws IOException {
        checkpoint.clear();
    }

    private List<Batch> batches(List<Document> documents) {
        return new Packing(documents, plan.length(), plan.rows()).shuffled(plan.seed());
    }

    private List<List<Batch>> steps(List<Batch> batches) {
        List<List<Batch>> steps = new ArrayList<>();
        for (int i = 0; i < batches.size(); i += plan.accumulate()) {
            steps.add(batches.subList(i, Math.min(batches.size(), i + plan.accumulate())));
        }
        return steps;
    }

    private void step(List<Batch> batches, Course course, AdamW optimizer, double rate) {
        long targets = targets(batches);
        double loss = 0;
        try (NDManager scratch = torch.manager().newSubManager()) {
            // The dropout's seed depends on the step, so that a continued training gives the same result.
            Engine.getEngine("PyTorch").setRandomSeed((int) (plan.seed() * 1_000_003 + course.step));
            try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
                for (Batch batch : batches) {
                    try (NDManager inner = scratch.newSubManager()) {
                        NDArray sum = decoder.learningLoss(batch, plan.dropout(), inner);
                        loss += sum.getFloat();
                        collector.backward(sum);
                    }
                }
            }
            Map<String, NDArray> gradients = new LinkedHashMap<>();
            weights.forEach((name, weight) -> {
                NDArray gradient = weight.getGradient();
                gradient.attach(scratch);
                gradients.put(name, gradient);
            });
            double norm = Math.sqrt(decoder.squares(List.copyOf(gradients.values()), scratch)) / targets;
            if (!Double.isFinite(loss) || !Double.isFinite(norm)) {
                throw new ModelException(
                        "The loss diverged at step " + (course.step + 1)
                                + ". Continue from the last checkpoint with --resume, or begin again"
                                + " with a lower --lr.",
                        null);
            }
            optimizer.update(gradients, course.step, rate, Math.min(1, plan.clip() / norm) / targets);
        }
        course.tokens += targets;
        course.sum += loss;
        course.counted += targets;
        double mean = loss / targets;
        course.smooth = Double.isNaN(course.smooth) ? mean : SMOOTHING * course.smooth + (1 - SMOOTHING) * mean;
    }

    private static long targets(List<Batch> batches) {
        return batches.stream().mapToLong(batch -> batch.targets().length).sum();
    }

    /** Whether to stop early. */
    private boolean evaluate(List<Batch> valid, Course course) throws IOException {
        course.valid = mean(valid);
        course.curve.add(new TrainingReport.Point(course.step, course.sum / course.counted, course.valid));
        course.sum = 0;
        course.counted = 0;
        if (course.valid < course.best) {
            course.best = course.valid;
            course.bestStep = course.step;
            course.worse = 0;
            checkpoint.saveBest(weights);
        } else {
            course.worse++;
        }
        return course.worse > plan.patience();
    }

    /** The mean loss per token; NaN when there are no tokens. */
    private double mean(List<Batch> batches) {
        double sum = 0;
        for (Batch batch : batches) {
            try (NDManager scratch = torch.manager().newSubManager();
                    NDArray loss = decoder.loss(batch, false, scratch)) {
                sum += loss.getFloat();
            }
        }
        return sum / targets(batches);
    }

    private void save(Course course, String fingerprint, AdamW optimizer) throws IOException {
        checkpoint.save(
                new Checkpoint.State(
                        fingerprint,
                        decoder.precision(),
                        course.step,
                        course.best,
                        course.bestStep,
                        course.worse,
                        course.tokens,
                        course.seconds,
                        List.copyOf(course.curve)),
                weights,
                optimizer.state());
    }
}
