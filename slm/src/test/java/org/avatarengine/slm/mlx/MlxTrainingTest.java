package org.avatarengine.slm.mlx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.avatarengine.dataset.Dataset;
import org.avatarengine.dataset.Session;
import org.avatarengine.failure.ModelException;
import org.avatarengine.slm.decoder.Adapter;
import org.avatarengine.slm.decoder.DecoderConfig;
import org.avatarengine.slm.decoder.Projection;
import org.avatarengine.slm.torch.Torch;
import org.avatarengine.slm.training.TrainingPlan;
import org.avatarengine.slm.training.TrainingReport;
import org.avatarengine.slm.weights.NumberType;
import org.avatarengine.slm.weights.Safetensors;
import org.avatarengine.slm.weights.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * MLX runs on Apple silicon only. Here a shell script replaces it, which checks its arguments and prints the output of
 * mlx_lm 0.28.
 */
@DisabledOnOs(OS.WINDOWS)
class MlxTrainingTest {
    @TempDir
    Path folder;

    private static Dataset dataset() {
        List<Session> sessions = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            sessions.add(new Session(
                    "c",
                    false,
                    Instant.ofEpochSecond(i * 100_000L),
                    List.of(
                            new Session.Line("ben", "Ben", "question " + i, true, List.of("q" + i)),
                            new Session.Line("maya", "Maya", "answer " + i, true, List.of("a" + i)))));
        }
        return Dataset.of(sessions, "maya", null, Map.of());
    }

    private TrainingReport run(String script) throws Exception {
        Path program = folder.resolve("mlx.sh");
        Files.writeString(program, script);
        return new MlxTraining(List.of("sh", program.toString()))
                .train(
                        dataset(),
                        Path.of("/models/base"),
                        folder.resolve("work"),
                        TrainingPlan.lora(512, 4),
                        8,
                        false,
                        (step, steps, loss, valid, rate) -> {},
                        () -> false);
    }

    @Test
    void itsProgressIsRead() throws Exception {
        TrainingReport report = run("""
                case "$*" in *"lora --train --test --config"*"--model /models/base"*"--mask-prompt"*) ;; *) exit 9 ;; esac
                grep -q '"rank":8' "$(dirname "$0")/work/config.yaml" || exit 8
                grep -q 'answer 3' "$(dirname "$0")/work/data/train.jsonl" || exit 7
                printf 'Loading pretrained model\\n'
                printf 'Iter 1: Val loss 3.123, Val took 1.2s\\n'
                printf 'Iter 10: Train loss \\033[92m2.500\\033[0m, Learning Rate 2.000e-04, It/sec 3.1, Tokens/sec 450.2, Trained Tokens 1450, Peak mem 2.1 GB\\n'
                printf 'Iter 20: Val loss 2.001, Val took 1.2s\\n'
                printf 'Iter 20: Train loss 1.900, Learning Rate 1.000e-04, It/sec 3.1, Tokens/sec 460.0, Trained Tokens 2900, Peak mem 2.1 GB\\n'
                printf 'Test loss 2.050, Test ppl 7.768.\\n'
                """);
        assertThat(report.steps()).isEqualTo(20);
        assertThat(report.bestStep()).isEqualTo(20);
        assertThat(report.valid()).isEqualTo(2.001);
        assertThat(report.test()).isEqualTo(2.05);
        assertThat(report.tokens()).isEqualTo(2900);
        assertThat(report.curve()).hasSize(2);
    }

    @Test
    void itsFailureIsReported() {
        assertThatThrownBy(() -> run("echo 'ValueError: Model type foo not supported.'; exit 3"))
                .isInstanceOf(ModelException.class)
                .hasMessage("mlx_lm ended with 3: ValueError: Model type foo not supported.");
        assertThatThrownBy(
                        () -> new MlxTraining(List.of(folder.resolve("nothing").toString()))
                                .train(
                                        dataset(),
                                        Path.of("/models/base"),
                                        folder.resolve("work"),
                                        TrainingPlan.lora(512, 4),
                                        8,
                                        false,
                                        (step, steps, loss, valid, rate) -> {},
                                        () -> false))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("pip install mlx-lm");
    }

    @Test
    void itsAdaptersAreTransposed() throws Exception {
        DecoderConfig config = DecoderConfig.llama(32, 16, 1, 4, 2, 32);
        Files.writeString(
                folder.resolve("adapter_config.json"), "{\"lora_parameters\": {\"rank\": 2, \"scale\": 3.0}}");
        String name = Projection.QUERY.name(0);
        float[] a = new float[32];
        for (int i = 0; i < a.length; i++) {
            a[i] = i;
        }
        Map<String, long[]> shapes = Map.of(name + ".lora_a", new long[] {16, 2}, name + ".lora_b", new long[] {2, 16});
        Safetensors.write(
                folder.resolve("adapters.safetensors"),
                shapes,
                which -> new Tensor(shapes.get(which), a),
                NumberType.F32,
                Map.of());
        try (Torch torch = Torch.open("cpu")) {
            Adapter adapter = MlxAdapter.read(torch.manager(), folder, config);
            assertThat(adapter.alpha() / adapter.rank()).isEqualTo(3.0);
            assertThat(adapter.targets()).containsExactly(Projection.QUERY);
            float[] turned = adapter.weights()
                    .get("base_model.model." + name + ".lora_A.weight")
                    .toFloatArray();
            assertThat(turned[1]).as("row 0, column 1 was row 1, column 0").isEqualTo(2);
            assertThat(turned[16]).as("row 1, column 0 was row 0, column 1").isEqualTo(1);
        }
    }
}
