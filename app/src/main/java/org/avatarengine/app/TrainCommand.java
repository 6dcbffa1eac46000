package org.avatarengine.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.avatarengine.dataset.ChatFile;
import org.avatarengine.dataset.Dataset;
import org.avatarengine.dataset.Drop;
import org.avatarengine.dataset.Session;
import org.avatarengine.dataset.SessionReader;
import org.avatarengine.graph.Graph;
import org.avatarengine.identity.HandleNormalizer;
import org.avatarengine.people.People;
import org.avatarengine.people.Person;
import org.avatarengine.redaction.Gate;
import org.avatarengine.redaction.Redactor;
import org.avatarengine.slm.mlx.MlxTraining;
import org.avatarengine.slm.model.Method;
import org.avatarengine.slm.model.ModelCard;
import org.avatarengine.slm.model.ModelStore;
import org.avatarengine.slm.model.ModelTraining;
import org.avatarengine.slm.model.Size;
import org.avatarengine.slm.model.TrainingOptions;
import org.avatarengine.slm.torch.Precision;
import org.avatarengine.slm.torch.Torch;
import org.avatarengine.slm.training.TrainingListener;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        description = {
            "Trains a language model of a person on what they wrote. Nothing leaves this machine.",
            "Without --base a small model is made from nothing: of all messages first, then of the person. It picks up",
            "their manner, not their knowledge. With --base DIR the model in that folder is taught (the better way; any",
            "model of the Llama, Mistral or Qwen2 family in Hugging Face's layout)."
        })
final class TrainCommand extends AvatarCommand {
    @Parameters(paramLabel = "NAME", description = "Whose model: a name or part of one, or \"me\".")
    String person = "";

    @Option(names = "--to", paramLabel = "PARTNER", description = "Only what they wrote to this person.")
    @Nullable
    String partner;

    @Option(names = "--base", paramLabel = "DIR", description = "The folder of a model to begin from.")
    @Nullable
    Path base;

    @Option(
            names = "--method",
            description = "What is changed: ${COMPLETION-CANDIDATES}. scratch and full change all weights, lora adds"
                    + " small ones (default: scratch, with --base lora).")
    @Nullable
    Method method;

    @Option(names = "--name", paramLabel = "MODEL", description = "What the model is called (default: their name).")
    @Nullable
    String model;

    @Option(names = "--epochs", paramLabel = "N", description = "How often all is seen at most.")
    @Nullable
    Integer epochs;

    @Option(names = "--lr", paramLabel = "RATE", description = "The learning rate at its highest.")
    @Nullable
    Double rate;

    @Option(
            names = "--rank",
            paramLabel = "N",
            defaultValue = "16",
            description = "Of LoRA's matrices (default: ${DEFAULT-VALUE}).")
    int rank;

    @Option(names = "--max-length", paramLabel = "TOKENS", description = "How long a text may be.")
    @Nullable
    Integer length;

    @Option(names = "--batch", paramLabel = "ROWS", description = "How many texts of that length at a time.")
    @Nullable
    Integer rows;

    @Option(names = "--accumulate", paramLabel = "N", description = "How many batches make one step.")
    @Nullable
    Integer accumulate;

    @Option(
            names = "--checkpoint-every",
            paramLabel = "STEPS",
            description = "How often what was learnt is kept, to go on from with --resume (default: 100).")
    @Nullable
    Integer checkpointEvery;

    @Option(
            names = "--size",
            description = "Of a model made from nothing: ${COMPLETION-CANDIDATES} (default: by data).")
    @Nullable
    Size size;

    @Option(
            names = "--canaries",
            paramLabel = "N",
            defaultValue = "4",
            description = "How many made-up secrets are planted, for avatar models audit (default: ${DEFAULT-VALUE}).")
    int canaries;

    @Option(names = "--fresh", description = "Also make the model of all messages anew.")
    boolean fresh;

    @Option(names = "--resume", description = "Go on where a training was interrupted.")
    boolean resume;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            defaultValue = "auto",
            description = "cpu, gpu (CUDA), mps (Apple) or auto (default).")
    String device = Torch.AUTO;

    @Option(
            names = "--precision",
            description = "What matrices are multiplied in: ${COMPLETION-CANDIDATES} (default: bfloat16 where it is"
                    + " faster).")
    @Nullable
    Precision precision;

    @Option(
            names = "--rest",
            paramLabel = "MINUTES",
            defaultValue = "60",
            description = "A conversation that rests so long begins anew (default: ${DEFAULT-VALUE}).")
    int rest;

    @Option(
            names = "--export-data",
            paramLabel = "DIR",
            description = "Train nothing; write train.jsonl, valid.jsonl, test.jsonl and card.json there.")
    @Nullable
    Path exportData;

    @Option(
            names = "--format",
            defaultValue = "chatml",
            description = "Of --export-data: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    ChatFile format = ChatFile.CHATML;

    /** What does the work. */
    enum Backend {
        TORCH,
        MLX
    }

    @Option(
            names = "--backend",
            defaultValue = "torch",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}). mlx runs an installed mlx_lm on Apple"
                    + " silicon.")
    Backend backend = Backend.TORCH;

    /** What is read from the graph, which is closed before training begins. */
    private record Material(Person person, @Nullable String partner, List<Session> sessions, Map<Drop, Long> drops) {}

    @Override
    public Integer call() throws Exception {
        check();
        try (Interruption interruption = common.interruption()) {
            Material material = read(interruption);
            return exportData != null ? export(material, exportData) : train(material, interruption);
        }
    }

    private void check() {
        positive("--epochs", epochs);
        positive("--max-length", length);
        positive("--batch", rows);
        positive("--accumulate", accumulate);
        positive("--checkpoint-every", checkpointEvery);
        positive("--rank", rank);
        positive("--rest", rest);
        if (rate != null && !(rate > 0 && rate < 1)) {
            throw new InputException("--lr has to be above 0 and below 1.");
        }
        if (canaries < 0) {
            throw new InputException("--canaries cannot be negative.");
        }
        if (method == Method.SCRATCH && base != null) {
            throw new InputException("--method scratch begins from nothing; with --base use full or lora.");
        }
    }

    private static void positive(String option, @Nullable Integer value) {
        if (value != null && value < 1) {
            throw new InputException(option + " has to be 1 or more.");
        }
    }

    private Material read(Interruption interruption) throws InterruptedException {
        Display progress = common.display(err());
        try (Graph graph = common.openGraph()) {
            People people = new People(graph);
            Person whose = people.find(person);
            AvatarSetting.requireConsent(graph, whose);
            String only = partner == null ? null : people.find(partner).id();
            SessionReader reader = new SessionReader(
                    graph,
                    new Redactor(HandleNormalizer.systemRegion()),
                    new Gate(people.handles(), List.of()),
                    Duration.ofMinutes(rest));
            List<Session> sessions = reader.read(progress, interruption::wanted);
            return new Material(whose, only, sessions, reader.drops());
        } finally {
            progress.done();
        }
    }

    private int export(Material material, Path folder) throws IOException {
        Dataset dataset = Dataset.of(material.sessions, material.person.id(), material.partner, material.drops);
        Files.createDirectories(folder);
        format.write(folder.resolve("train.jsonl"), dataset.train());
        format.write(folder.resolve("valid.jsonl"), dataset.valid());
        format.write(folder.resolve("test.jsonl"), dataset.test());
        Files.writeString(folder.resolve("card.json"), Json.text(dataset.card()));
        if (common.json) {
            Json.print(out(), dataset.card());
        } else {
            out().printf(
                            Locale.ROOT,
                            "Wrote %,d replies to learn, %,d to stop by and %,d to test on to %s.%n",
                            dataset.card().train().turns(),
                            dataset.card().valid().turns(),
                            dataset.card().test().turns(),
                            folder);
            ModelsCommand.printDrops(out(), dataset.card());
            out().flush();
        }
        return 0;
    }

    private int train(Material material, Interruption interruption) throws InterruptedException {
        Method chosen = method != null ? method : base != null ? Method.LORA : Method.SCRATCH;
        String name = model != null ? model : ModelStore.nameOf(material.person.name());
        if (name.equals(ModelStore.SHARED)) {
            throw new InputException("\"shared\" is the model of all messages. Give another --name.");
        }
        ModelStore store = common.modelStore();
        if (store.has(name) && !material.person.id().equals(store.card(name).person())) {
            throw new InputException("The model \"" + name
                    + "\" is of somebody else. Give this one another --name, or delete that one.");
        }
        TrainingOptions options = new TrainingOptions(
                name,
                chosen,
                base,
                epochs,
                rate,
                rank,
                length,
                rows,
                accumulate,
                checkpointEvery,
                size,
                canaries,
                fresh,
                resume);
        Display progress = common.display(err());
        try (Torch torch = Torch.open(device)) {
            Precision used = precision != null ? precision : ModelTraining.precision(torch, store, options);
            err().println(torch.description() + ", " + used.name().toLowerCase(Locale.ROOT));
            ModelTraining training = new ModelTraining(
                    torch,
                    used,
                    store,
                    options,
                    (what, parameters, tokens) -> {
                        progress.done();
                        err().printf(
                                        Locale.ROOT,
                                        "%s: %,d parameters learn from %,d tokens%n",
                                        what,
                                        parameters,
                                        tokens);
                        return shown(what, progress);
                    },
                    interruption::wanted);
            ModelCard card = backend == Backend.TORCH
                    ? training.train(material.sessions, material.person, material.partner, material.drops)
                    : training.trainByMlx(
                            new MlxTraining(List.of("python3", "-m", "mlx_lm")),
                            material.sessions,
                            material.person,
                            material.partner,
                            material.drops);
            progress.done();
            if (common.json) {
                Json.print(out(), card);
            } else {
                ModelsCommand.print(out(), card);
                out().printf(
                                Locale.ROOT,
                                "%nTalk to it with: avatar chat \"%s\" --model local:%s%n",
                                material.person.name(),
                                card.name());
                out().flush();
            }
        } catch (InterruptedException e) {
            progress.done();
            err().println("Go on with the same command and --resume.");
            throw e;
        } finally {
            progress.done();
        }
        return 0;
    }

    private static TrainingListener shown(String what, Display progress) {
        int[] first = {-1};
        long begun = System.nanoTime();
        return (step, steps, loss, valid, tokensPerSecond) -> {
            first[0] = first[0] < 0 ? step - 1 : first[0];
            double each = (System.nanoTime() - begun) / 1e9 / (step - first[0]);
            StringBuilder line = new StringBuilder(
                    String.format(Locale.ROOT, "%s  step %,d of %,d  loss %.3f", what, step, steps, loss));
            if (!Double.isNaN(valid)) {
                line.append(String.format(Locale.ROOT, "  held out %.3f", valid));
            }
            line.append(String.format(
                    Locale.ROOT, "  %,.0f tokens/s  %.0f s left at most", tokensPerSecond, each * (steps - step)));
            ProcessMemory.resident()
                    .ifPresent(bytes -> line.append(String.format(Locale.ROOT, "  %,d MiB", bytes >> 20)));
            progress.text(line.toString());
        };
    }
}
