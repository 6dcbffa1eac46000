package org.avatarengine.config;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.avatarengine.failure.ConfigException;
import org.avatarengine.files.WholeFile;
import org.avatarengine.reliability.Backoff;
import org.avatarengine.reliability.Policy;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlMapper;

/** The current settings. Environment variables override the file, and the file overrides the defaults. */
public final class Config {
    /** The origin of a value. */
    public enum Origin {
        DEFAULT,
        FILE,
        ENVIRONMENT
    }

    /** A setting with its value. */
    public record Value(Setting setting, String value, Origin origin) {}

    private static final TomlMapper TOML = new TomlMapper();

    /** Names that suggest a secret. Secrets are not allowed in a file that may be copied or shared. */
    private static final Pattern SECRET =
            Pattern.compile("(?i).*(secret|password|passphrase|api_?key|token)$|.*\\.key$");

    private static final Pattern SECRET_VALUE = Pattern.compile("(?i)^(sk-|xox|ghp_|AKIA).*");

    private final Map<String, Value> values = new LinkedHashMap<>();

    private Config() {}

    /**
     * Reads the settings.
     *
     * @param environment variables by name
     * @throws ConfigException when the file or a variable is invalid; the message names the place
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
            throw new ConfigException("Cannot read the settings " + file + ": " + e.getMessage() + ".", e);
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
                    "The settings " + file + where + " are not valid TOML: "
                            + String.valueOf(e.getOriginalMessage())
                                    .lines()
                                    .findFirst()
                                    .orElse("unknown reason")
                            + ". Correct the line, or move the file to another folder.",
                    e);
        }
    }

    private static ConfigException unknown(String key, Path file) {
        return new ConfigException(
                SECRET.matcher(key).matches()
                        ? file + ", " + key
                                + ": secrets are not allowed in this file. Remove the line."
                                + " Put the API key in ANTHROPIC_API_KEY or the keychain."
                        : file + ", " + key + ": this setting does not exist. Did you mean " + Setting.nearest(key)
                                + "?",
                null);
    }

    private static void flatten(String prefix, JsonNode node, Map<String, String> flat, Path file) {
        node.properties().forEach(entry -> {
            String key = prefix.isEmpty() ? entry.getKey() : prefix + "." + entry.getKey();
            if (entry.getValue().isObject()) {
                flatten(key, entry.getValue(), flat, file);
            } else if (entry.getValue().isArray()) {
                throw new ConfigException(file + ", " + key + ": this setting cannot be a list.", null);
            } else {
                flat.put(key, entry.getValue().asString());
            }
        });
    }

    private static void check(Setting setting, String value, String where) {
        if (SECRET_VALUE.matcher(value).matches()) {
            throw new ConfigException(where + ": this looks like a secret. Secrets are not allowed in settings.", null);
        }
        try {
            setting.form().check(value);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(
                    where + ": \"" + value + "\" is not " + setting.form().expected() + ".", e);
        }
    }

    /** Checks settings that depend on each other. */
    private void checkTogether(Path file) {
        try {
            policy("claude");
            policy("bolt");
            policy("disk");
            if (number("limits.max_concurrency") < number("limits.concurrency")) {
                throw new IllegalArgumentException("limits.max_concurrency must be at least limits.concurrency");
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
            throw new IllegalArgumentException("The setting " + key + " does not exist.");
        }
        return value.value();
    }

    public long number(String key) {
        return Long.parseLong(text(key));
    }

    public boolean truth(String key) {
        return Boolean.parseBoolean(text(key));
    }

    /** An amount in US dollars; 0 means no limit. */
    public BigDecimal amount(String key) {
        return new BigDecimal(text(key));
    }

    /** The policy for calls to a service: claude, bolt or disk. */
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
     * Changes one setting in the file and keeps comments and other settings. The file is replaced atomically, and only
     * if the result is valid.
     *
     * @throws ConfigException when the setting or the file is invalid; the file is then unchanged
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
            WholeFile.write(file, text);
        } catch (IOException e) {
            throw new ConfigException("Cannot write the settings " + file + ": " + e.getMessage() + ".", e);
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
