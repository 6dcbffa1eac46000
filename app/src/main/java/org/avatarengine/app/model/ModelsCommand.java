package org.avatarengine.app.model;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.avatarengine.app.print.Dates;
import org.avatarengine.app.print.Json;
import org.avatarengine.app.print.JsonOutput;
import org.avatarengine.app.print.JsonOutput.Form;
import org.avatarengine.app.print.Quantities;
import org.avatarengine.app.print.ReaderLocale;
import org.avatarengine.app.print.Table;
import org.avatarengine.app.services.AvatarCommand;
import org.avatarengine.app.services.DataUse;
import org.avatarengine.app.services.InputException;
import org.avatarengine.app.services.OutputFile;
import org.avatarengine.dataset.DataCard;
import org.avatarengine.slm.model.Exporting;
import org.avatarengine.slm.model.LocalModel;
import org.avatarengine.slm.model.Memorization;
import org.avatarengine.slm.model.ModelCard;
import org.avatarengine.slm.torch.Precision;
import org.avatarengine.slm.torch.Torch;
import org.avatarengine.slm.weights.NumberType;
import org.avatarengine.speech.recording.SpeechModels;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@JsonOutput(value = ModelCard.class, form = Form.LIST)
@Command(
        name = "models",
        mixinStandardHelpOptions = true,
        description = {
            "Lists models; subcommands show, export, test and delete them.",
            "`avatar train` trains a model, and `avatar models add` adds a model for recordings."
        },
        subcommands = {
            ModelsCommand.ListAll.class,
            ModelsCommand.Show.class,
            ModelsCommand.Delete.class,
            ModelsCommand.Export.class,
            ModelsCommand.Audit.class,
            SpeechModelCommand.class
        })
public final class ModelsCommand extends AvatarCommand {
    @Override
    public DataUse dataUse(String name) {
        return DataUse.NONE;
    }

    @Override
    public Integer call() {
        return list(this);
    }

    private static int list(AvatarCommand command) {
        List<ModelCard> cards = command.services().modelStore().all();
        if (command.options.json) {
            Json.print(command.out(), cards);
            return 0;
        }
        List<SpeechModels.Added> listening = SpeechModelCommand.all(command.services());
        if (!listening.isEmpty()) {
            Table table = new Table("Speech model", "Kind", ">Size");
            listening.forEach(added -> table.row(
                    added.name(), added.kind().name().toLowerCase(Locale.ROOT), Quantities.size(added.bytes())));
            table.print(command.out());
            command.out().println();
        }
        if (cards.isEmpty()) {
            command.err().println("There are no trained models yet. Run `avatar train NAME` to train one.");
            return 0;
        }
        Table table = new Table("Model", "Person", "Method", ">Parameters", ">Training replies", ">Perplexity", "Date");
        for (ModelCard card : cards) {
            table.row(
                    card.name(),
                    card.personName() == null ? "everybody" : card.personName(),
                    card.method().name().toLowerCase(Locale.ROOT),
                    card.parameters(),
                    card.data().train().turns(),
                    perplexity(card.report().test()),
                    Dates.day(card.made()));
        }
        table.print(command.out());
        return 0;
    }

    private static String perplexity(@Nullable Double loss) {
        return loss == null ? "–" : String.format(ReaderLocale.get(), "%.1f", Math.exp(loss));
    }

    /** Prints what a model is and what it was trained on. */
    static void print(PrintWriter out, ModelCard card) {
        out.printf(
                ReaderLocale.get(),
                "Model %s of %s%n",
                card.name(),
                card.personName() == null ? "everybody" : card.personName());
        out.printf(
                ReaderLocale.get(),
                "  %,d parameters, %,d of them trained (method %s), on %s%n",
                card.parameters(),
                card.trained(),
                card.method().name().toLowerCase(Locale.ROOT),
                card.platform());
        if (card.base() != null) {
            out.println("  based on " + card.base());
        }
        out.printf(
                ReaderLocale.get(),
                "  trained on %,d replies in %,d sessions (%s to %s); %,d replies for validation, %,d for testing%n",
                card.data().train().turns(),
                card.data().train().talks(),
                Dates.day(card.data().first()),
                Dates.day(card.data().last()),
                card.data().valid().turns(),
                card.data().test().turns());
        out.printf(
                ReaderLocale.get(),
                "  %,d steps in %s%s; the checkpoint with the lowest validation loss, of step %,d, was kept%n",
                card.report().steps(),
                Quantities.duration(card.report().seconds()),
                card.report().stopped() ? ", stopped early because the loss no longer fell" : "",
                card.report().bestStep());
        out.printf(
                ReaderLocale.get(),
                "  perplexity on %,d test tokens: %s before training, %s after%n",
                card.report().testTokens(),
                perplexity(card.report().before()),
                perplexity(card.report().test()));
        printDrops(out, card.data());
        out.flush();
    }

    static void printDrops(PrintWriter out, DataCard data) {
        data.drops().entrySet().stream()
                .sorted((a, b) -> Long.compare(b.getValue(), a.getValue()))
                .forEach(drop -> out.printf(
                        ReaderLocale.get(),
                        "  %,d left out: %s%n",
                        drop.getValue(),
                        drop.getKey().name().toLowerCase(Locale.ROOT).replace('_', ' ')));
    }

    /** A command about one model. */
    abstract static class OfOne extends AvatarCommand {
        @Parameters(
                index = "0",
                paramLabel = "MODEL",
                description = "The name of a model, as `avatar models list` shows it.")
        String name = "";

        ModelCard card() {
            return services().modelStore().card(name);
        }
    }

    @JsonOutput(value = ModelCard.class, form = Form.LIST)
    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists all models.")
    static final class ListAll extends AvatarCommand {
        @Override
        public DataUse dataUse(String name) {
            return DataUse.NONE;
        }

        @Override
        public Integer call() {
            return list(this);
        }
    }

    @JsonOutput(ModelCard.class)
    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Shows what a model is and what it was trained on.")
    static final class Show extends OfOne {
        @Override
        public Integer call() {
            ModelCard card = card();
            if (options.json) {
                Json.print(out(), card);
            } else {
                print(out(), card);
            }
            return 0;
        }
    }

    @JsonOutput(ModelsCommand.Delete.Deleted.class)
    @Command(name = "delete", mixinStandardHelpOptions = true, description = "Deletes a model.")
    static final class Delete extends OfOne {
        /** The output of {@code --json}: the name of the deleted model. */
        record Deleted(String deleted) {}

        @Override
        public Integer call() throws IOException {
            if (!services().speechModels().delete(name)) {
                services().modelStore().delete(name);
            }
            if (options.json) {
                Json.print(out(), new Deleted(name));
            } else {
                out().println("Deleted " + name + ".");
                out().flush();
            }
            return 0;
        }
    }

    /** A format that other programs read. */
    enum Layout {
        SAFETENSORS,
        GGUF
    }

    @JsonOutput(ModelsCommand.Export.Exported.class)
    @Command(
            name = "export",
            mixinStandardHelpOptions = true,
            description = {
                "Exports a model for other programs.",
                "It writes a folder in Hugging Face's layout (for transformers or MLX) or a GGUF file (for llama.cpp,"
                        + " Ollama or LM Studio).",
                "An adapter is merged into its base model."
            })
    static final class Export extends OfOne {
        /** The output of {@code --json}: the model, and the file or folder that was written. */
        record Exported(String model, String path) {}

        @Parameters(index = "1", paramLabel = "PATH", description = "The folder or GGUF file to write.")
        Path path = Path.of("");

        @Option(
                names = "--format",
                paramLabel = "FORMAT",
                description = "The format: safetensors or gguf. Default: gguf if the path ends in .gguf, otherwise"
                        + " safetensors.")
        @Nullable
        Layout format;

        @Mixin
        OutputFile output = new OutputFile();

        @Option(
                names = "--type",
                paramLabel = "TYPE",
                defaultValue = "f32",
                description = "The number type of the weights: f32, f16 or bf16. Default: ${DEFAULT-VALUE}.")
        NumberType type = NumberType.F32;

        @Override
        public Integer call() throws IOException {
            boolean gguf =
                    format != null ? format == Layout.GGUF : path.toString().endsWith(".gguf");
            ModelCard card = card();
            if (gguf && Files.isDirectory(path) || !gguf && Files.isRegularFile(path)) {
                throw new InputException(
                        path + " exists and is " + (gguf ? "a folder" : "a file") + ". Give another path.");
            }
            output.require(path);
            try (Torch torch = Torch.open("cpu")) {
                Exporting exporting = new Exporting(torch, services().modelStore());
                if (gguf) {
                    Path parent = path.toAbsolutePath().getParent();
                    if (parent != null) {
                        Files.createDirectories(parent);
                    }
                    exporting.gguf(card, path, type);
                } else {
                    exporting.safetensors(card, path, type);
                }
            }
            if (options.json) {
                Json.print(out(), new Exported(name, path.toString()));
            } else {
                out().println("Exported the model to " + path + ".");
                out().flush();
            }
            return 0;
        }
    }

    @JsonOutput(Memorization.class)
    @Command(
            name = "audit",
            mixinStandardHelpOptions = true,
            description = {
                "Measures how much of its training data a model has memorized.",
                "It looks for the made-up secrets that were planted in the training data (Carlini et al. 2019)."
            })
    static final class Audit extends OfOne {
        @Override
        public Integer call() throws InterruptedException {
            ModelCard card = card();
            if (card.canaries().isEmpty() || card.personName() == null) {
                throw new InputException(
                        "The model " + name + " was trained without planted secrets, so this cannot be measured."
                                + " Train it again with --canaries 4.");
            }
            Memorization found;
            try (Torch torch = Torch.open(Torch.AUTO);
                    LocalModel model = LocalModel.open(torch, services().modelStore(), card, Precision.FLOAT32)) {
                found = Memorization.of(torch, model, card);
            }
            if (options.json) {
                Json.print(out(), found);
            } else {
                print(found);
            }
            return 0;
        }

        private void print(Memorization found) {
            Table table = new Table(">Secret", ">Rank of " + (found.compared() + 1), ">Exposure, bits", "Repeats it");
            int number = 1;
            for (Memorization.Canary canary : found.canaries()) {
                table.row(
                        number++,
                        canary.rank(),
                        String.format(ReaderLocale.get(), "%.1f", canary.exposure()),
                        canary.said() ? "yes" : "no");
            }
            table.print(out());
            out().println();
            out().println(
                            found.leaks()
                                    ? "The model has memorized planted secrets, so parts of messages can be guessed"
                                            + " from it. Keep it as safe as the messages themselves."
                                    : "The model has not memorized the planted secrets. It may still have memorized"
                                            + " other text. Keep it as safe as the messages themselves.");
            out().flush();
        }
    }
}
