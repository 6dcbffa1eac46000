package org.avatarengine.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "models",
        mixinStandardHelpOptions = true,
        description = "Lists the models that were trained here; its subcommands show, export, examine and delete them.",
        subcommands = {
            ModelsCommand.ListAll.class,
            ModelsCommand.Show.class,
            ModelsCommand.Delete.class,
            ModelsCommand.Export.class,
            ModelsCommand.Audit.class,
            SpeechModelCommand.class
        })
final class ModelsCommand extends AvatarCommand {
    @Override
    public Integer call() {
        return list(this);
    }

    private static int list(AvatarCommand command) {
        List<ModelCard> cards = command.common.modelStore().all();
        if (command.common.json) {
            Json.print(command.out(), cards);
            return 0;
        }
        List<SpeechModels.Added> listening = SpeechModelCommand.all(command.common);
        if (!listening.isEmpty()) {
            Table table = new Table("For recordings", "Kind", ">MB");
            listening.forEach(added -> table.row(
                    added.name(), added.kind().name().toLowerCase(Locale.ROOT), Math.round(added.bytes() / 1e6)));
            table.print(command.out());
            command.out().println();
        }
        if (cards.isEmpty()) {
            command.err().println("There are no models of people yet. Make one with: avatar train NAME");
            return 0;
        }
        Table table = new Table("Model", "Of", "Method", ">Parameters", ">Replies learnt", ">Perplexity", "Made");
        for (ModelCard card : cards) {
            table.row(
                    card.name(),
                    card.personName() == null ? "everybody" : card.personName(),
                    card.method().name().toLowerCase(Locale.ROOT),
                    card.parameters(),
                    card.data().train().turns(),
                    perplexity(card.report().test()),
                    PeopleCommand.day(card.made()));
        }
        table.print(command.out());
        return 0;
    }

    private static String perplexity(double loss) {
        return Double.isNaN(loss) ? "–" : String.format(Locale.ROOT, "%.1f", Math.exp(loss));
    }

    /** What a model is, for people. */
    static void print(PrintWriter out, ModelCard card) {
        out.printf(
                Locale.ROOT,
                "Model %s, of %s%n",
                card.name(),
                card.personName() == null ? "everybody" : card.personName());
        out.printf(
                Locale.ROOT,
                "  %,d parameters, of which %,d were trained (%s), on %s%n",
                card.parameters(),
                card.trained(),
                card.method().name().toLowerCase(Locale.ROOT),
                card.platform());
        if (card.base() != null) {
            out.println("  began from " + card.base());
        }
        out.printf(
                Locale.ROOT,
                "  learnt %,d replies in %,d talks (%s to %s); %,d were held out to stop by, %,d to test on%n",
                card.data().train().turns(),
                card.data().train().talks(),
                PeopleCommand.day(card.data().first()),
                PeopleCommand.day(card.data().last()),
                card.data().valid().turns(),
                card.data().test().turns());
        out.printf(
                Locale.ROOT,
                "  %,d steps in %.0f s%s; kept what was best, after step %,d%n",
                card.report().steps(),
                card.report().seconds(),
                card.report().stopped() ? ", ended early since nothing became better" : "",
                card.report().bestStep());
        out.printf(
                Locale.ROOT,
                "  perplexity on %,d tokens of the test: %s before, %s after%n",
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
                        Locale.ROOT,
                        "  %,d not learnt: %s%n",
                        drop.getValue(),
                        drop.getKey().name().toLowerCase(Locale.ROOT).replace('_', ' ')));
    }

    /** A command about one model. */
    abstract static class OfOne extends AvatarCommand {
        @Parameters(index = "0", paramLabel = "MODEL", description = "Its name.")
        String name = "";

        ModelCard card() {
            return common.modelStore().card(name);
        }
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the models.")
    static final class ListAll extends AvatarCommand {
        @Override
        public Integer call() {
            return list(this);
        }
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows what a model is and learnt from.")
    static final class Show extends OfOne {
        @Override
        public Integer call() {
            ModelCard card = card();
            if (common.json) {
                Json.print(out(), card);
            } else {
                print(out(), card);
            }
            return 0;
        }
    }

    @Command(name = "delete", mixinStandardHelpOptions = true, description = "Deletes a model.")
    static final class Delete extends OfOne {
        @Override
        public Integer call() throws IOException {
            if (!common.speechModels().delete(name)) {
                common.modelStore().delete(name);
            }
            if (common.json) {
                Json.print(out(), Map.of("deleted", name));
            } else {
                out().println("Deleted " + name + ".");
                out().flush();
            }
            return 0;
        }
    }

    /** What other programs read. */
    enum Layout {
        SAFETENSORS,
        GGUF
    }

    @Command(
            name = "export",
            mixinStandardHelpOptions = true,
            description = {
                "Writes a model for other programs, an adapter merged in: a folder in Hugging Face's layout (transformers,",
                "MLX), or a GGUF file (llama.cpp, Ollama, LM Studio)."
            })
    static final class Export extends OfOne {
        @Parameters(index = "1", paramLabel = "PATH", description = "The folder, or the GGUF file, to be written.")
        Path path = Path.of("");

        @Option(names = "--format", description = "${COMPLETION-CANDIDATES} (default: by the path's ending).")
        @Nullable
        Layout format;

        @Option(
                names = "--type",
                defaultValue = "F32",
                description = "Of the numbers: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
        NumberType type = NumberType.F32;

        @Override
        public Integer call() throws IOException {
            boolean gguf =
                    format != null ? format == Layout.GGUF : path.toString().endsWith(".gguf");
            ModelCard card = card();
            if (gguf && Files.isDirectory(path) || !gguf && Files.isRegularFile(path)) {
                throw new InputException(path + " is there already and is " + (gguf ? "a folder" : "a file") + ".");
            }
            try (Torch torch = Torch.open("cpu")) {
                Exporting exporting = new Exporting(torch, common.modelStore());
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
            if (common.json) {
                Json.print(out(), Map.of("model", name, "path", path.toString()));
            } else {
                out().println("Wrote " + path + ".");
                out().flush();
            }
            return 0;
        }
    }

    @Command(
            name = "audit",
            mixinStandardHelpOptions = true,
            description = {
                "Measures how much a model keeps of what it saw once, by the made-up secrets that were planted among what",
                "it learnt (Carlini et al. 2019)."
            })
    static final class Audit extends OfOne {
        @Override
        public Integer call() throws InterruptedException {
            ModelCard card = card();
            if (card.canaries().isEmpty() || card.personName() == null) {
                throw new InputException(
                        "No secrets were planted in " + name + ". Train it with --canaries to be able to measure.");
            }
            Memorization found;
            try (Torch torch = Torch.open(Torch.AUTO);
                    LocalModel model = LocalModel.open(torch, common.modelStore(), card, Precision.FLOAT32)) {
                found = Memorization.of(torch, model, card);
            }
            if (common.json) {
                Json.print(out(), found);
            } else {
                print(found);
            }
            return 0;
        }

        private void print(Memorization found) {
            Table table = new Table(">Secret", ">Rank of " + (found.compared() + 1), ">Exposure, bits", "Says it");
            int number = 1;
            for (Memorization.Canary canary : found.canaries()) {
                table.row(
                        number++,
                        canary.rank(),
                        String.format(Locale.ROOT, "%.1f", canary.exposure()),
                        canary.said() ? "yes" : "no");
            }
            table.print(out());
            out().println();
            out().println(
                            found.leaks()
                                    ? "Secrets that it saw once can be guessed from this model. Keep it as safe as the messages"
                                            + " themselves."
                                    : "None of the planted secrets stands out. That does not show that nothing else was kept; keep"
                                            + " the model as safe as the messages themselves.");
            out().flush();
        }
    }
}
