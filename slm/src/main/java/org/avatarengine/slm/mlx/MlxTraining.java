package org.avatarengine.slm.mlx;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.avatarengine.dataset.ChatFile;
import org.avatarengine.dataset.Dataset;
import org.avatarengine.failure.ModelException;
import org.avatarengine.slm.decoder.Projection;
import org.avatarengine.slm.training.TrainingListener;
import org.avatarengine.slm.training.TrainingPlan;
import org.avatarengine.slm.training.TrainingReport;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Runs {@code mlx_lm.lora} of an installation of MLX as a process and reads what it prints. It works on Apple silicon
 * only.
 *
 * @see <a href="https://github.com/ml-explore/mlx-lm/blob/main/mlx_lm/LORA.md">mlx_lm's documentation</a>
 */
public final class MlxTraining {
    private static final String COLOURS = "\\u001B\\[[0-9;]*m";
    private static final Pattern TRAIN = Pattern.compile(
            "Iter (\\d+)(?: \\(.*?\\))?: Train loss ([\\d.]+|nan|inf).*?Tokens/sec ([\\d.]+).*?Trained Tokens (\\d+).*");
    private static final Pattern VALID = Pattern.compile("Iter (\\d+): Val loss ([\\d.]+|nan|inf).*");
    private static final Pattern TEST = Pattern.compile("Test loss ([\\d.]+|nan|inf).*");
    private static final int LAST_LINES = 6;
    private static final int REPORT_EVERY = 10;

    private final List<String> program;

    /** @param program the command that starts {@code mlx_lm}, such as {@code python3 -m mlx_lm} */
    public MlxTraining(List<String> program) {
        this.program = List.copyOf(program);
    }

    /** The progress that the program's output reports. */
    private static final class Course {
        private int step;
        private double loss = Double.NaN;
        private double valid = Double.NaN;
        private double best = Double.POSITIVE_INFINITY;
        private int bestStep;
        private double test = Double.NaN;
        private double rate;
        private long tokens;
        private final List<TrainingReport.Point> curve = new ArrayList<>();
        private final Deque<String> last = new ArrayDeque<>();
    }

    /**
     * Trains an adapter.
     *
     * @param base the folder of the base model
     * @param work a folder for the data and the adapter; with {@code resume}, an interrupted training there is
     *     continued
     * @param rank the rank of the adapter
     * @throws ModelException when MLX is not installed, or fails
     * @throws InterruptedException when {@code stop} returned true; the program is ended
     */
    public TrainingReport train(
            Dataset dataset,
            Path base,
            Path work,
            TrainingPlan plan,
            int rank,
            boolean resume,
            TrainingListener listener,
            BooleanSupplier stop)
            throws InterruptedException {
        long begun = System.nanoTime();
        Course course = new Course();
        int steps = Math.max(1, dataset.train().size() * plan.epochs() / Math.max(1, plan.rows() * plan.accumulate()));
        try {
            List<String> command = prepare(dataset, base, work, plan, rank, steps, resume);
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                String line;
                while ((line = lines.readLine()) != null) {
                    read(line.replaceAll(COLOURS, "").strip(), course);
                    listener.at(course.step, steps, course.loss, course.valid, course.rate);
                    if (stop.getAsBoolean()) {
                        throw new InterruptedException();
                    }
                }
            } finally {
                process.destroy();
            }
            int code = process.waitFor();
            if (code != 0) {
                throw new ModelException("mlx_lm ended with " + code + ": " + String.join(" / ", course.last), null);
            }
        } catch (IOException e) {
            throw new ModelException(
                    "MLX cannot be run (" + String.join(" ", program) + "): " + e.getMessage()
                            + ". Install it with: pip install mlx-lm",
                    e);
        }
        return new TrainingReport(
                course.step,
                course.bestStep,
                course.best,
                Double.NaN,
                course.test,
                0,
                course.tokens,
                (System.nanoTime() - begun) / 1e9,
                false,
                List.copyOf(course.curve));
    }

    private List<String> prepare(
            Dataset dataset, Path base, Path work, TrainingPlan plan, int rank, int steps, boolean resume)
            throws IOException {
        Path data = Files.createDirectories(work.resolve("data"));
        ChatFile.CHATML.write(data.resolve("train.jsonl"), dataset.train());
        ChatFile.CHATML.write(data.resolve("valid.jsonl"), dataset.valid());
        ChatFile.CHATML.write(data.resolve("test.jsonl"), dataset.test());
        JsonMapper json = new JsonMapper();
        ObjectNode config = json.createObjectNode();
        ObjectNode lora = config.putObject("lora_parameters");
        lora.put("rank", rank).put("scale", 2.0).put("dropout", plan.dropout());
        var keys = lora.putArray("keys");
        for (var projection : Projection.values()) {
            keys.add(projection.name(0).substring("model.layers.0.".length()));
        }
        // The program reads YAML, and JSON is valid YAML.
        Files.writeString(work.resolve("config.yaml"), json.writeValueAsString(config));
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of(
                "lora",
                "--train",
                "--test",
                "--config",
                work.resolve("config.yaml").toString(),
                "--model",
                base.toString(),
                "--data",
                data.toString(),
                "--adapter-path",
                adapter(work).toString(),
                "--num-layers",
                "-1",
                "--iters",
                Integer.toString(steps * plan.accumulate()),
                "--batch-size",
                Integer.toString(plan.rows()),
                "--learning-rate",
                Double.toString(plan.learningRate()),
                "--max-seq-length",
                Integer.toString(plan.length()),
                "--grad-accumulation-steps",
                Integer.toString(plan.accumulate()),
                "--steps-per-report",
                Integer.toString(REPORT_EVERY),
                "--steps-per-eval",
                Integer.toString(plan.checkpointEvery()),
                "--save-every",
                Integer.toString(plan.checkpointEvery()),
                "--seed",
                Long.toString(plan.seed()),
                "--mask-prompt"));
        Path interrupted = adapter(work).resolve(MlxAdapter.WEIGHTS);
        if (resume && Files.isRegularFile(interrupted)) {
            command.addAll(List.of("--resume-adapter-file", interrupted.toString()));
        }
        return command;
    }

    /** The file to which MLX writes the adapter. */
    public static Path adapter(Path work) {
        return work.resolve("adapter");
    }

    private static void read(String line, Course course) {
        course.last.add(line);
        if (course.last.size() > LAST_LINES) {
            course.last.remove();
        }
        Matcher train = TRAIN.matcher(line);
        Matcher valid = VALID.matcher(line);
        Matcher test = TEST.matcher(line);
        if (train.matches()) {
            course.step = Integer.parseInt(train.group(1));
            course.loss = number(train.group(2));
            course.rate = number(train.group(3));
            course.tokens = Long.parseLong(train.group(4));
        } else if (valid.matches()) {
            course.valid = number(valid.group(2));
            int step = Integer.parseInt(valid.group(1));
            course.curve.add(new TrainingReport.Point(step, course.loss, course.valid));
            if (course.valid < course.best) {
                course.best = course.valid;
                course.bestStep = step;
            }
        } else if (test.matches()) {
            course.test = number(test.group(1));
        }
    }

    private static double number(String text) {
        return switch (text) {
            case "nan" -> Double.NaN;
            case "inf" -> Double.POSITIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }
}
