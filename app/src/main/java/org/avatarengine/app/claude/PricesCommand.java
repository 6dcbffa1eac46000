package org.avatarengine.app.claude;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.avatarengine.app.print.Json;
import org.avatarengine.app.print.JsonOutput;
import org.avatarengine.app.print.Table;
import org.avatarengine.app.services.AvatarCommand;
import org.avatarengine.app.services.DataUse;
import org.avatarengine.app.services.InputException;
import org.avatarengine.claude.ClaudeModel;
import org.avatarengine.files.WholeFile;
import org.avatarengine.usage.PriceList;
import org.avatarengine.vault.DataFolder.Content;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@JsonOutput(PriceList.class)
@Command(
        name = "prices",
        mixinStandardHelpOptions = true,
        description = {
            "Shows the prices of models, in US dollars per million tokens.",
            "A prices.json in the data folder replaces the prices of the program."
        })
public final class PricesCommand extends AvatarCommand {
    @Option(names = "--csv", description = "Print the result as CSV.")
    boolean csv;

    @Option(
            names = "--update",
            paramLabel = "FILE",
            description = "Use the prices in FILE from now on. It has the form of the output of --json.")
    @Nullable
    Path update;

    @Override
    public DataUse dataUse(String name) {
        return update == null ? DataUse.NONE : DataUse.STORES;
    }

    @Override
    public Integer call() throws IOException {
        if (update != null) {
            store(update);
        }
        PriceList list = services().prices();
        if (options.json) {
            Json.print(out(), list);
            return 0;
        }
        List<String> header =
                List.of("model", "from", "to", "input", "output", "write_5m", "write_1h", "read", "prompt", "note");
        List<List<?>> rows = new ArrayList<>();
        for (PriceList.Price p : list.prices()) {
            if (retired(p.model())) {
                continue;
            }
            PriceList.LongPrompt longer = p.longPrompt();
            rows.add(List.of(
                    p.model(),
                    text(p.from()),
                    text(p.to()),
                    p.input(),
                    p.output(),
                    p.cacheWrite5m(),
                    p.cacheWrite1h(),
                    p.cacheRead(),
                    longer == null ? "any" : "up to " + longer.over(),
                    text(p.note())));
            if (longer != null) {
                rows.add(List.of(
                        p.model(),
                        text(p.from()),
                        text(p.to()),
                        longer.input(),
                        longer.output(),
                        longer.cacheWrite5m(),
                        longer.cacheWrite1h(),
                        longer.cacheRead(),
                        "over " + longer.over(),
                        text(p.note())));
            }
        }
        if (csv) {
            TokensCommand.csv(out(), header, rows);
            return 0;
        }
        Table table = new Table(
                "Model", "From", "To", ">Input", ">Output", ">Write 5m", ">Write 1h", ">Read", "Prompt tokens", "Note");
        rows.forEach(row -> table.row(row.stream()
                .map(cell -> cell instanceof BigDecimal price ? dollars(price) : String.valueOf(cell))
                .toArray()));
        table.print(out());
        out().println("Batches: price × " + list.batchFactor() + ". Regions: price × " + list.regionFactors()
                + ". Prices checked on " + list.checked() + ", source: " + list.source() + ".");
        ClaudeModel.all().stream()
                .filter(model -> retired(model.model()))
                .forEach(model ->
                        out().println("Retired: " + model.model() + ", replaced by " + model.replacement() + "."));
        return 0;
    }

    private static boolean retired(String model) {
        return ClaudeModel.find(model)
                .filter(one -> one.isRetired(LocalDate.now()))
                .isPresent();
    }

    private void store(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new InputException("There is no file " + file + ".");
        }
        PriceList.of(file); // an invalid list is not stored
        WholeFile.write(services().data().at(Content.PRICES), Files.readAllBytes(file));
    }

    private static String dollars(BigDecimal price) {
        BigDecimal plain = price.stripTrailingZeros();
        return "$" + (plain.scale() < 2 ? plain.setScale(2) : plain).toPlainString();
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
