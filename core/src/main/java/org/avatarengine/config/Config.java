package org.avatarengine.config;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.avatarengine.failure.ConfigException;
import org.avatarengine.reliability.Backoff;
import org.avatarengine.reliability.Policy;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlMapper;

/** The settings in force: the environment's, else the file's, else the program's own. */
public final class Config {
    /** Where a value comes from. */
    public enum Origin {
        DEFAULT,
        FILE,
        ENVIRONMENT
    }

    /** A setting with its value. */
    public record Value(Setting setting, String value, Origin origin) {}

    private static final TomlMapper TOML = new TomlMapper();

    /** Secrets begin or are named so; none may stand in a file that is copied, shown and sent around. */
    private static final Pattern SECRET =
            Pattern.compile("(?i).*(secret|password|passphrase|api_?key|token)$|.*\\.key$");

    private static final Pattern SECRET_VALUE = Pattern.compile("(?i)^(sk-|xox|ghp_|AKIA).*");

    private final Map<String, Value> values = new LinkedHashMap<>();

    private Config() {}

    /**
     * Reads the settings.
     *
     * @param environment variables by name
     * @throws ConfigException when the file is wrong; it says where
     */
    public static Config load(Path file, Map<String, String> environment) {
        Config config = new Config();
        Map<String, String> written = read(file);
        for (Setting setting : Setting.ALL) {
            String variable = environment.get(setting.variable());
            String inFile = written.get(setting.key());
            Value value;
            if (variable != null && !variable.isBlank()) {
                check(setting, variable.strip(), "the environment variable " + setting.variable());
                value = new Value(setting, variable.strip(), Origin.ENVIRONMENT);
            } else if (inFile != null) {
                value = new Value(setting, inFile, Origin.FILE);
            } else {
                value = new Value(setting, setting.byDefault(), Origin.DEFAULT);
            }
            config.values.put(setting.key(), value);
        }
        config.checkTogether(file);
        return config;
    }

    private static Map<String, String> read(Path file) {
        if (!Files.exists(file)) {
            return Map.of();
        }
        try {
            return parse(Files.readString(file), file);
        } catch (IOException e) {
            throw new ConfigException("The settings " + file + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private static Map<String, String> parse(String text, Path file) {
        try {
            Map<String, String> flat = new LinkedHashMap<>();
            flatten("", TOML.readTree(text), flat, file);
            flat.forEach((key, value) -> {
                Setting setting = Setting.find(key).orElseThrow(() -> unknown(key, file));
                check(setting, value, file + ", " + key);
            });
            return flat;
        } catch (JacksonException e) {
            String where =
                    e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr();
            throw new ConfigException(
                    "The settings " + file + where + " are not TOML: "
                            + String.valueOf(e.getOriginalMessage())
                                    .lines()
                                    .findFirst()
                                    .orElse("unknown reason")
                            + ". Mend the line, or move the file away.",
                    e);
        }
    }

    private static ConfigException unknown(String key, Path file) {
        return new ConfigException(
                SECRET.matcher(key).matches()
                        ? file + ", " + key
                                + ": secrets do not belong into this file. Remove it; the key of Claude comes"
                                + " from ANTHROPIC_API_KEY or the keychain."
                        : file + ", " + key + ": there is no such setting. Did you mean " + Setting.nearest(key) + "?",
                null);
    }

    private static void flatten(String prefix, JsonNode node, Map<String, String> flat, Path file) {
        node.properties().forEach(entry -> {
            String key = prefix.isEmpty() ? entry.getKey() : prefix + "." + entry.getKey();
            if (entry.getValue().isObject()) {
                flatten(key, entry.getValue(), flat, file);
            } else if (entry.getValue().isArray()) {
                throw new ConfigException(file + ", " + key + ": a list is not allowed here.", null);
            } else {
                flat.put(key, entry.getValue().asString());
            }
        });
    }

    private static void check(Setting setting, String value, String where) {
        if (SECRET_VALUE.matcher(value).matches()) {
            throw new ConfigException(where + ": this looks like a secret, which does not belong there.", null);
        }
        try {
            setting.form().check(value);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(
                    where + ": \"" + value + "\" is not " + setting.form().expected() + ".", e);
        }
    }

    /** Checks what one setting alone cannot tell. */
    private void checkTogether(Path file) {
        try {
            policy("claude");
            policy("bolt");
            policy("disk");
            if (number("limits.max_concurrency") < number("limits.concurrency")) {
                throw new IllegalArgumentException("limits.max_concurrency must be no less than limits.concurrency");
            }
        } catch (IllegalArgumentException e) {
            throw new ConfigException(file + ": " + e.getMessage() + ".", e);
        }
    }

    public List<Value> values() {
        return List.copyOf(values.values());
    }

    /** The value of a setting. */
    public String text(String key) {
        Value value = values.get(key);
        if (value == null) {
            throw new IllegalArgumentException("There is no setting " + key);
        }
        return value.value();
    }

    public long number(String key) {
        return Long.parseLong(text(key));
    }

    public boolean truth(String key) {
        return Boolean.parseBoolean(text(key));
    }

    /** An amount of money; zero stands for no limit. */
    public BigDecimal amount(String key) {
        return new BigDecimal(text(key));
    }

    /** How calls to one thing are made. */
    public Policy policy(String name) {
        String table = "reliability." + name + ".";
        return new Policy(
                Math.toIntExact(number(table + "attempts")),
                Backoff.valueOf(text(table + "backoff").toUpperCase(Locale.ROOT)),
                Duration.ofMillis(number(table + "first_ms")),
                Duration.ofMillis(number(table + "longest_ms")),
                Duration.ofSeconds(number(table + "timeout_s")),
                Math.toIntExact(number(table + "concurrent")),
                Double.parseDouble(text(table + "failure_rate")),
                Math.toIntExact(number(table + "window")),
                Duration.ofSeconds(number(table + "open_s")));
    }

    /**
     * Writes one setting into the file, leaving comments and the rest as they are. The file is replaced in one step, and
     * only if it is right afterwards.
     *
     * @throws ConfigException when the setting or the file is wrong; the file is then unchanged
     */
    public static void set(Path file, String key, String value) {
        Setting setting = Setting.find(key).orElseThrow(() -> unknown(key, file));
        check(setting, value, key);
        int dot = key.lastIndexOf('.');
        String table = "[" + key.substring(0, dot) + "]";
        String name = key.substring(dot + 1);
        String written =
                setting.form().quoted() ? "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"" : value;
        try {
            List<String> lines = new ArrayList<>(Files.exists(file) ? Files.readAllLines(file) : List.of());
            put(lines, table, name, name + " = " + written);
            String text = String.join("\n", lines) + "\n";
            parse(text, file);
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Path fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(fresh, text);
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new ConfigException("The settings " + file + " cannot be written: " + e.getMessage() + ".", e);
        }
    }

    private static void put(List<String> lines, String table, String name, String line) {
        boolean inTable = false;
        int end = -1;
        for (int i = 0; i < lines.size(); i++) {
            String bare = lines.get(i).strip();
            if (bare.startsWith("[")) {
                inTable = bare.replaceFirst("\\s*#.*", "").equals(table);
            }
            if (inTable) {
                if (bare.matches(Pattern.quote(name) + "\\s*=.*")) {
                    lines.set(i, line);
                    return;
                }
                end = bare.isEmpty() ? end : i;
            }
        }
        if (end >= 0) {
            lines.add(end + 1, line);
        } else {
            if (!lines.isEmpty()) {
                lines.add("");
            }
            lines.add(table);
            lines.add(line);
        }
    }
}
