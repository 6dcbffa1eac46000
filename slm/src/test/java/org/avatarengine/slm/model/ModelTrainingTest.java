package org.avatarengine.slm.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import de.kherud.llama.InferenceParameters;
import de.kherud.llama.LlamaModel;
import de.kherud.llama.ModelParameters;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.avatarengine.dataset.TrainingTalk;
import org.avatarengine.failure.ModelException;
import org.avatarengine.reply.Dialogue;
import org.avatarengine.reply.Turn;
import org.avatarengine.slm.generation.Generator;
import org.avatarengine.slm.generation.Sampling;
import org.avatarengine.slm.torch.Precision;
import org.avatarengine.slm.torch.Torch;
import org.avatarengine.slm.weights.NumberType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests the whole way from sessions to a model that replies, and its export to other programs. */
class ModelTrainingTest {
    private static final Sampling LIKELIEST = new Sampling(0, 0, 1, 0, 1, 1, 40, List.of());

    @TempDir
    static Path folder;

    private static Torch torch;
    private static ModelStore store;
    private static ModelCard card;

    @BeforeAll
    static void train() throws Exception {
        torch = Torch.open("cpu");
        store = new ModelStore(folder);
        card = TaughtModel.train(torch, folder, "maya", Method.SCRATCH);
    }

    @AfterAll
    static void close() {
        torch.close();
    }

    private static String reply(LocalModel model, ModelCard of, String said) throws InterruptedException {
        LocalReplies replies = new LocalReplies(model, of, LIKELIEST);
        StringBuilder heard = new StringBuilder();
        String reply = replies.reply(
                new Dialogue(
                        new Dialogue.Speakers("maya", "Maya", "Ben"), "", List.of(new Turn(false, said)), List.of()),
                heard::append);
        assertThat(heard.toString().strip()).isEqualTo(reply);
        return reply;
    }

    @Test
    void itLearnsToAnswerAsThePersonDoes() throws Exception {
        assertThat(card.person()).isEqualTo("maya");
        assertThat(card.report().test()).isLessThan(card.report().before());
        assertThat(card.data().train().turns()).isGreaterThan(150);
        assertThat(store.all()).extracting(ModelCard::name).containsExactly("maya", ModelStore.SHARED);
        try (LocalModel model = LocalModel.open(torch, store, card, Precision.FLOAT32)) {
            int right = 0;
            for (int thing = 0; thing < 6; thing++) {
                String wanted = TaughtModel.answer(thing, 0);
                String rule = wanted.substring(0, wanted.indexOf(','));
                right += reply(model, card, TaughtModel.question(thing, 31)).startsWith(rule) ? 1 : 0;
            }
            assertThat(right).as("correct answers of six").isGreaterThanOrEqualTo(5);
        }
    }

    private static long[] prompt(LocalModel model, int thing) {
        TrainingTalk asked = new TrainingTalk(
                TrainingTalk.system("Maya", "Ben"),
                List.of(new TrainingTalk.Turn(false, TaughtModel.question(thing, 31), false)));
        return model.encoder().prompt(asked, 60);
    }

    @Test
    void stopSequencesEndTextsAndBatchesGiveTheSameTexts() throws Exception {
        try (LocalModel model = LocalModel.open(torch, store, card, Precision.FLOAT32)) {
            Sampling stopped = new Sampling(0, 0, 1, 0, 1, 1, 40, List.of("is hot", "xyz"));
            StringBuilder heard = new StringBuilder();
            Generator.Written written = model.generator().write(prompt(model, 0), stopped, heard::append);
            assertThat(written.text()).isEqualTo("the tea ");
            assertThat(written.finished()).isTrue();
            assertThat(heard).as("no part of the stop sequence was passed on").hasToString("the tea ");

            List<String> alone = new ArrayList<>();
            List<long[]> prompts = new ArrayList<>();
            for (int thing = 0; thing < 4; thing++) {
                prompts.add(prompt(model, thing));
                alone.add(model.generator()
                        .write(prompts.getLast(), LIKELIEST, piece -> {})
                        .text());
            }
            assertThat(model.generator().write(prompts, LIKELIEST))
                    .extracting(Generator.Written::text)
                    .isEqualTo(alone);

            String most = reply(model, card, "very long ".repeat(300) + TaughtModel.question(0, 31));
            assertThat(most).as("a prompt that is too long is cut").isNotNull();
            Sampling few = new Sampling(0, 0, 1, 0, 1, 1, 3, List.of());
            assertThat(model.generator().write(prompt(model, 0), few, piece -> {}))
                    .matches(w -> w.tokens() == 3 && !w.finished());
        }
    }

    @Test
    void anAdapterIsSmallAndNeedsItsBase() throws Exception {
        ModelCard adapted = TaughtModel.train(torch, folder, "maya-lora", Method.LORA);
        assertThat(adapted.trained()).isLessThan(adapted.parameters() / 5);
        assertThat(adapted.report().test()).isLessThan(adapted.report().before());
        try (LocalModel model = LocalModel.open(torch, store, adapted, Precision.FLOAT32)) {
            assertThat(reply(model, adapted, TaughtModel.question(0, 31))).startsWith("the tea is hot");
        }
        assertThatThrownBy(() -> store.delete(ModelStore.SHARED))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("is needed by maya-lora");
        store.delete("maya-lora");
        assertThat(store.has("maya-lora")).isFalse();
    }

    /** The faster precision is measured, and the result may differ while the machine is busy. */
    @ParameterizedTest
    @EnumSource(Precision.class)
    void aContinuedTrainingKeepsItsPrecision(Precision precision) throws Exception {
        TrainingOptions half = TaughtModel.options("half-" + precision.ordinal(), Method.FULL, 8, true);
        ModelTraining training = new ModelTraining(
                torch,
                precision,
                store,
                half,
                (what, parameters, tokens) -> (step, steps, loss, valid, rate) -> {},
                () -> true);
        assertThatThrownBy(() -> training.train(TaughtModel.sessions(120), TaughtModel.MAYA, null, Map.of()))
                .isInstanceOf(InterruptedException.class);
        assertThat(ModelTraining.precision(torch, store, half)).isEqualTo(precision);
    }

    /** llama.cpp, which shares no code with this program, generates the same texts from the exported file. */
    @Test
    void llamaCppReadsTheExportedFileAndAnswersTheSame() throws Exception {
        Path file = folder.resolve("maya.gguf");
        new Exporting(torch, store).gguf(card, file, NumberType.F32);
        List<String> ours = new ArrayList<>();
        List<String> prompts = new ArrayList<>();
        try (LocalModel model = LocalModel.open(torch, store, card, Precision.FLOAT32)) {
            for (int thing = 0; thing < 6; thing++) {
                String question = TaughtModel.question(thing, 47);
                ours.add(reply(model, card, question));
                prompts.add("<|im_start|>system\n" + TrainingTalk.system("Maya", "Ben")
                        + "<|im_end|>\n<|im_start|>user\n" + question + "<|im_end|>\n<|im_start|>assistant\n");
            }
        }
        List<String> theirs = new ArrayList<>();
        // Each prompt gets a new model, because a model that continues from the previous prompt sometimes differs.
        for (String prompt : prompts) {
            try (LlamaModel llama = new LlamaModel(new ModelParameters()
                    .setModel(file.toString())
                    .setGpuLayers(0)
                    .setThreads(1)
                    .setCtxSize(96)
                    .disableLog())) {
                theirs.add(llama.complete(new InferenceParameters(prompt)
                                .setTemperature(0)
                                .setRepeatPenalty(1)
                                .setNPredict(40))
                        .strip());
            }
        }
        assertThat(theirs).isEqualTo(ours);
    }

    @Test
    void anExportedFolderIsAModelAgain() throws Exception {
        Path exported = folder.resolve("exported");
        new Exporting(torch, store).safetensors(card, exported, NumberType.BF16);
        assertThat(exported.resolve("tokenizer_config.json")).content().contains("chat_template");
        try (LocalModel model = LocalModel.open(torch, exported, null, Precision.FLOAT32)) {
            assertThat(reply(model, card, TaughtModel.question(1, 31))).startsWith("the soup is warm");
        }
    }

    @Test
    void plantedSecretsAreMeasured() throws Exception {
        try (LocalModel model = LocalModel.open(torch, store, card, Precision.FLOAT32)) {
            Memorization found = Memorization.of(torch, model, card);
            assertThat(found.canaries()).hasSize(2);
            assertThat(found.canaries()).allSatisfy(canary -> {
                assertThat(canary.rank()).isBetween(1, found.compared() + 1);
                assertThat(canary.exposure()).isBetween(0.0, Math.log(found.compared() + 1) / Math.log(2) + 1e-9);
            });
        }
    }

    @Test
    void anInterruptedTrainingContinues() throws Exception {
        Path other = folder.resolve("other");
        AtomicInteger steps = new AtomicInteger();
        assertThatThrownBy(() -> new ModelTraining(
                                torch,
                                Precision.FLOAT32,
                                new ModelStore(other),
                                TaughtModel.options("maya", Method.SCRATCH, 2, false),
                                (what, parameters, tokens) -> (step, all, loss, valid, rate) -> steps.set(step),
                                () -> steps.get() == 5)
                        .train(TaughtModel.sessions(75), TaughtModel.MAYA, null, Map.of()))
                .isInstanceOf(InterruptedException.class);
        assertThat(new ModelStore(other).all()).isEmpty();
        List<Integer> seen = new ArrayList<>();
        ModelCard resumed = new ModelTraining(
                        torch,
                        Precision.FLOAT32,
                        new ModelStore(other),
                        TaughtModel.options("maya", Method.SCRATCH, 2, true),
                        (what, parameters, tokens) -> (step, all, loss, valid, rate) -> seen.add(step),
                        () -> false)
                .train(TaughtModel.sessions(75), TaughtModel.MAYA, null, Map.of());
        assertThat(seen).first().isEqualTo(6);
        assertThat(resumed.name()).isEqualTo("maya");
        try (var files = Files.list(other)) {
            assertThat(files.map(f -> f.getFileName().toString())).containsExactlyInAnyOrder("maya", "shared");
        }
    }

    @Test
    void tooLittleDataIsReported() {
        assertThatThrownBy(() -> new ModelTraining(
                                torch,
                                Precision.FLOAT32,
                                new ModelStore(folder.resolve("none")),
                                TaughtModel.options("maya", Method.SCRATCH, 2, false),
                                (what, parameters, tokens) -> (step, all, loss, valid, rate) -> {},
                                () -> false)
                        .train(TaughtModel.sessions(5), TaughtModel.MAYA, null, Map.of()))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("replies of Maya can be learnt, and at least 30 are needed");
    }

    @Test
    void memoryDoesNotGrowWithSteps() throws Exception {
        try (LocalModel model = LocalModel.open(torch, store, card, Precision.FLOAT32)) {
            reply(model, card, "hello");
            int before = arrays(torch.manager());
            for (int i = 0; i < 5; i++) {
                reply(model, card, "hello " + i);
            }
            assertThat(arrays(torch.manager())).isEqualTo(before);
        }
    }

    private static int arrays(NDManager manager) {
        return manager.getManagedArrays().size();
    }
}
