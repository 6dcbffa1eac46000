package org.avatarengine.app.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.avatarengine.app.print.Display;
import org.avatarengine.app.print.Json;
import org.avatarengine.app.print.JsonOutput;
import org.avatarengine.app.print.Quantities;
import org.avatarengine.app.print.ReaderLocale;
import org.avatarengine.app.services.AvatarCommand;
import org.avatarengine.app.services.InputException;
import org.avatarengine.app.services.Interruption;
import org.avatarengine.app.services.OutputFile;
import org.avatarengine.app.services.ProcessMemory;
import org.avatarengine.app.talk.AvatarSetting;
import org.avatarengine.dataset.ChatFile;
import org.avatarengine.dataset.DataCard;
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
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@JsonOutput(value = ModelCard.class, when = "without --export-data")
@JsonOutput(value = DataCard.class, when = "with --export-data")
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        description = {
            "Trains a language model on a person's messages.",
            "Nothing leaves this computer.",
            "Without --base, it trains a small model from scratch, first on all messages, then on the person's. Such"
                    + " a model learns how the person writes, but not what they know.",
            "With --base DIR, it trains the model in that folder further, which gives better results. The model must"
                    + " belong to the Llama, Mistral or Qwen2 family and be in Hugging Face's layout."
        })
public final class TrainCommand extends AvatarCommand {
    @Parameters(
            paramLabel = "NAME",
            description = "The person whose model is trained: a name or part of it, or \"me\" for yourself.")
    String person = "";

    @Option(names = "--to", paramLabel = "PARTNER", description = "Train only on messages to this person.")
    @Nullable
    String partner;

    @Option(
            names = "--base",
            paramLabel = "DIR",
            description = "The folder of a base model. Default: train from scratch.")
    @Nullable
    Path base;

    @Option(
            names = "--method",
            paramLabel = "METHOD",
            description = "The training method: scratch or full, which train all weights, or lora, which trains a small"
                    + " adapter. Default: lora with --base, otherwise scratch.")
    @Nullable
    Method method;

    @Option(
            names = "--name",
            paramLabel = "MODEL",
            description = "The name of the new model. Default: the person's name.")
    @Nullable
    String model;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description = "The most passes over the training data. Default: 5 with lora, otherwise 20.")
    @Nullable
    Integer epochs;

    @Option(
            names = "--lr",
            paramLabel = "RATE",
            description = "The highest learning rate, such as 0.0001. Default: depends on the method.")
    @Nullable
    Double rate;

    @Option(
            names = "--rank",
            paramLabel = "N",
            defaultValue = "16",
            description = "The rank of the LoRA matrices. Default: ${DEFAULT-VALUE}.")
    int rank;

    @Option(
            names = "--max-length",
            paramLabel = "TOKENS",
            description = "The most tokens of a training text. Default: 512 with --base, otherwise 256.")
    @Nullable
    Integer length;

    @Option(
            names = "--batch",
            paramLabel = "ROWS",
            description = "The texts in a batch. Default: 1 with --base, otherwise 8.")
    @Nullable
    Integer rows;

    @Option(
            names = "--accumulate",
            paramLabel = "N",
            description = "The batches in a training step. Default: 8 with --base, otherwise 1.")
    @Nullable
    Integer accumulate;

    @Option(
            names = "--checkpoint-every",
            paramLabel = "STEPS",
            description = "The steps between two checkpoints, from which --resume continues. Default: 100.")
    @Nullable
    Integer checkpointEvery;

    @Option(
            names = "--size",
            paramLabel = "SIZE",
            description = "The size of a model trained from scratch: tiny, small or medium. Default: depends on the"
                    + " amount"
                    + " of data.")
    @Nullable
    Size size;

    @Option(
            names = "--canaries",
            paramLabel = "N",
            defaultValue = "4",
            description = "Plant N made-up secrets for `avatar models audit`. Default: ${DEFAULT-VALUE}.")
    int canaries;

    @Option(names = "--fresh", description = "Also train the model of all messages again.")
    boolean fresh;

    @Option(names = "--resume", description = "Continue an interrupted training from its last checkpoint.")
    boolean resume;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            defaultValue = "auto",
            description = "The device: cpu, gpu (CUDA), mps (Apple) or auto. Default: ${DEFAULT-VALUE}.")
    String device = Torch.AUTO;

    @Option(
            names = "--precision",
            paramLabel = "TYPE",
            description = "The number type of matrix products: float32 or bfloat16. Default: bfloat16 where it is"
                    + " faster,"
                    + " otherwise float32.")
    @Nullable
    Precision precision;

    @Option(
            names = "--rest",
            paramLabel = "MINUTES",
            defaultValue = "60",
            description = "A pause of this many minutes starts a new session. Default: ${DEFAULT-VALUE}.")
    int rest;

    @Mixin
    OutputFile output = new OutputFile();

    @Option(
            names = "--export-data",
            paramLabel = "DIR",
            description = "Train nothing. Write the training data to this folder, as train.jsonl, valid.jsonl,"
                    + " test.jsonl and card.json.")
    @Nullable
    Path exportData;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "chatml",
            description = "The format of --export-data: chatml or sharegpt. Default: ${DEFAULT-VALUE}.")
    ChatFile format = ChatFile.CHATML;

    /** The software that trains. */
    enum Backend {
        TORCH,
        MLX
    }

    @Option(
            names = "--backend",
            paramLabel = "BACKEND",
            defaultValue = "torch",
            description = "The training software: torch, or mlx for an installed mlx_lm on Apple silicon. Default:"
                    + " ${DEFAULT-VALUE}.")
    Backend backend = Backend.TORCH;

    /** The data from the graph, which is closed before the training starts. */
    private record Material(Person person, @Nullable String partner, List<Session> sessions, Map<Drop, Long> drops) {}

    @Override
    public Integer call() throws Exception {
        check();
        try (Interruption interruption = services().interruption()) {
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
            throw new InputException("--lr must be above 0 and below 1.");
        }
        if (canaries < 0) {
            throw new InputException("--canaries must be at least 0.");
        }
        if (method == Method.SCRATCH && base != null) {
            throw new InputException(
                    "--method scratch cannot be used with --base. Use --method full or --method lora.");
        }
    }

    private static void positive(String option, @Nullable Integer value) {
        if (value != null && value < 1) {
            throw new InputException(option + " must be at least 1.");
        }
    }

    private Material read(Interruption interruption) throws InterruptedException {
        Display progress = services().display(err());
        try (Graph graph = services().openGraph()) {
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
        output.require(folder);
        Dataset dataset = Dataset.of(material.sessions, material.person.id(), material.partner, material.drops);
        Files.createDirectories(folder);
        format.write(folder.resolve("train.jsonl"), dataset.train());
        format.write(folder.resolve("valid.jsonl"), dataset.valid());
        format.write(folder.resolve("test.jsonl"), dataset.test());
        Files.writeString(folder.resolve("card.json"), Json.text(dataset.card()));
        if (options.json) {
            Json.print(out(), dataset.card());
        } else {
            out().printf(
                            ReaderLocale.get(),
                            "Wrote %,d training replies, %,d validation replies and %,d test replies to %s.%n",
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
            throw new InputException(
                    "The name \"shared\" is reserved for the model of all messages. Give another --name.");
        }
        ModelStore store = services().modelStore();
        if (store.has(name) && !material.person.id().equals(store.card(name).person())) {
            throw new InputException("The model \"" + name
                    + "\" belongs to another person. Give another --name, or run `avatar models delete " + name + "`.");
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
        Display progress = services().display(err());
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
                                        ReaderLocale.get(),
                                        "%s: training %,d parameters on %,d tokens%n",
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
            if (this.options.json) {
                Json.print(out(), card);
            } else {
                ModelsCommand.print(out(), card);
                out().printf(
                                ReaderLocale.get(),
                                "%nTo chat with it, run `avatar chat \"%s\" --model local:%s`.%n",
                                material.person.name(),
                                card.name());
                out().flush();
            }
        } catch (InterruptedException e) {
            progress.done();
            err().println("Run the same command with --resume to continue.");
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
                    String.format(ReaderLocale.get(), "%s  step %,d of %,d  loss %.3f", what, step, steps, loss));
            if (!Double.isNaN(valid)) {
                line.append(String.format(ReaderLocale.get(), "  validation loss %.3f", valid));
            }
            line.append(String.format(ReaderLocale.get(), "  %,.0f tokens/s  at most ", tokensPerSecond))
                    .append(Quantities.duration(each * (steps - step)))
                    .append(" left");
            ProcessMemory.resident()
                    .ifPresent(bytes ->
                            line.append("  ").append(Quantities.size(bytes)).append(" of memory"));
            progress.text(line.toString());
        };
    }
}
