package org.avatarengine.app.data;

import java.io.IOException;
import java.util.Locale;
import org.avatarengine.app.print.Json;
import org.avatarengine.app.print.JsonOutput;
import org.avatarengine.app.print.JsonOutput.Form;
import org.avatarengine.app.print.Table;
import org.avatarengine.app.services.AvatarCommand;
import org.avatarengine.app.services.DataUse;
import org.avatarengine.app.services.GlobalOptions;
import org.avatarengine.config.Config;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@JsonOutput(value = ConfigCommand.Shown.class, form = Form.LIST)
@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        description = {
            "Shows and changes the settings.",
            "The settings are stored in config.toml in the data folder.",
            "Without a subcommand, it shows them."
        })
public final class ConfigCommand extends AvatarCommand {
    @Override
    public DataUse dataUse(String name) {
        return name.equals("set") ? DataUse.STORES : DataUse.NONE;
    }

    @Override
    public Integer call() {
        return show(options);
    }

    /** A setting in the output of {@code --json}. */
    record Shown(String key, String value, String origin, String byDefault, String meaning, String variable) {}

    /** The output of {@code set --json}. */
    record Changed(String key, String value) {}

    /** The output of {@code check --json}: {@code changed} counts the settings that differ from their defaults. */
    record Checked(boolean valid, int changed) {}

    /** The output of {@code key --json}. */
    record KeyStored(boolean stored) {}

    @JsonOutput(value = ConfigCommand.Shown.class, form = Form.LIST)
    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Shows all settings and where they come from.")
    int show(@Mixin GlobalOptions mine) {
        Config config = services(mine).config();
        if (mine.json) {
            Json.print(
                    out(),
                    config.values().stream()
                            .map(v -> new Shown(
                                    v.setting().key(),
                                    v.value(),
                                    origin(v),
                                    v.setting().byDefault(),
                                    v.setting().meaning(),
                                    v.setting().variable()))
                            .toList());
            return 0;
        }
        Table table = new Table("Setting", "Value", "Source", "Meaning");
        config.values()
                .forEach(v -> table.row(
                        v.setting().key(), v.value(), origin(v), v.setting().meaning()));
        table.print(out());
        out().println("File: " + services(mine).configFile()
                + ". Options override environment variables, which override the file.");
        return 0;
    }

    private static String origin(Config.Value value) {
        return value.origin() == Config.Origin.ENVIRONMENT
                ? value.setting().variable()
                : value.origin().name().toLowerCase(Locale.ROOT);
    }

    @JsonOutput(ConfigCommand.Changed.class)
    @Command(name = "set", mixinStandardHelpOptions = true, description = "Changes one setting.")
    int set(
            @Mixin GlobalOptions mine,
            @Parameters(paramLabel = "SETTING", description = "The name of a setting, such as limits.day_usd.")
                    String key,
            @Parameters(paramLabel = "VALUE", description = "The new value, such as 5.") String value) {
        Config.set(services(mine).configFile(), key, value);
        if (mine.json) {
            Json.print(out(), new Changed(key, value));
        } else {
            out().println(key + " = " + value);
        }
        return 0;
    }

    @JsonOutput(ConfigCommand.Checked.class)
    @Command(name = "check", mixinStandardHelpOptions = true, description = "Checks that all settings are valid.")
    int check(@Mixin GlobalOptions mine) {
        int changed = (int) services(mine).config().values().stream()
                .filter(v -> v.origin() != Config.Origin.DEFAULT)
                .count();
        if (mine.json) {
            Json.print(out(), new Checked(true, changed));
        } else {
            out().println("All settings are valid. " + changed + " of them are set by you.");
        }
        return 0;
    }

    @JsonOutput(ConfigCommand.KeyStored.class)
    @Command(
            name = "key",
            mixinStandardHelpOptions = true,
            description = {
                "Stores the API key for Claude in this computer's keychain.",
                "The key is read from the terminal or from standard input."
            })
    int key(@Mixin GlobalOptions mine) throws IOException {
        String key;
        if (context.terminal().isInteractive()) {
            char[] typed = context.terminal().askSecret("API key (not shown): ");
            key = typed == null ? "" : new String(typed).strip();
        } else {
            String line = context.terminal().input().readLine();
            key = line == null ? "" : line.strip();
        }
        services().apiKey().store(key);
        if (mine.json) {
            Json.print(out(), new KeyStored(true));
        } else {
            out().println("The API key is stored in the keychain.");
        }
        return 0;
    }
}
