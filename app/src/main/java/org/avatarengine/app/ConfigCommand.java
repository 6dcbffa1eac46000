package org.avatarengine.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.avatarengine.config.Config;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        description = "The settings, in config.toml of the data folder. Without a subcommand: shows them.")
final class ConfigCommand extends AvatarCommand {
    @Override
    public Integer call() {
        return show(common);
    }

    /** What {@code --json} prints of a setting. */
    record Shown(String key, String value, String origin, String byDefault, String meaning, String variable) {}

    @Command(name = "show", mixinStandardHelpOptions = true, description = "All settings and where they come from.")
    int show(@Mixin Common mine) {
        Config config = mine.config();
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
        Table table = new Table("Setting", "Value", "From", "Meaning");
        config.values()
                .forEach(v -> table.row(
                        v.setting().key(), v.value(), origin(v), v.setting().meaning()));
        table.print(out());
        out().println("File: " + mine.configFile() + ". Flags override variables, these the file.");
        return 0;
    }

    private static String origin(Config.Value value) {
        return value.origin() == Config.Origin.ENVIRONMENT
                ? value.setting().variable()
                : value.origin().name().toLowerCase(Locale.ROOT);
    }

    @Command(name = "set", mixinStandardHelpOptions = true, description = "Changes one setting in the file.")
    int set(
            @Mixin Common mine,
            @Parameters(paramLabel = "SETTING", description = "Such as limits.day_usd.") String key,
            @Parameters(paramLabel = "VALUE") String value) {
        Config.set(mine.configFile(), key, value);
        if (mine.json) {
            Json.print(out(), Map.of("key", key, "value", value));
        } else {
            out().println(key + " = " + value);
        }
        return 0;
    }

    @Command(name = "check", mixinStandardHelpOptions = true, description = "Tells whether the settings are right.")
    int check(@Mixin Common mine) {
        int changed = (int) mine.config().values().stream()
                .filter(v -> v.origin() != Config.Origin.DEFAULT)
                .count();
        if (mine.json) {
            Json.print(out(), Map.of("right", true, "changed", changed));
        } else {
            out().println("The settings are right; " + changed + " differ from the program's own or repeat them.");
        }
        return 0;
    }

    @Command(
            name = "key",
            mixinStandardHelpOptions = true,
            description = "Puts the key of Claude into the operating system's keychain. It is read from the terminal or"
                    + " from standard input, never from an argument.")
    int key(@Mixin Common mine) throws IOException {
        var console = System.console();
        String key;
        if (console != null && console.isTerminal()) {
            char[] typed = console.readPassword("Key (not shown): ");
            key = typed == null ? "" : new String(typed).strip();
        } else {
            String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
            key = line == null ? "" : line.strip();
        }
        Common.apiKey().store(key);
        if (mine.json) {
            Json.print(out(), Map.of("stored", true));
        } else {
            out().println("The key is in the keychain.");
        }
        return 0;
    }
}
