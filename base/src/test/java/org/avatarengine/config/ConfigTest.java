package org.avatarengine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.avatarengine.failure.ConfigException;
import org.avatarengine.reliability.Backoff;
import org.avatarengine.reliability.Policy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("config.toml");
    }

    private Config load() {
        return Config.load(file, Map.of());
    }

    @Test
    void withoutAFileTheDefaultsApply() {
        assertThat(load().policy("claude")).isEqualTo(Policy.CLAUDE);
        assertThat(load().number("limits.daily_tokens")).isEqualTo(1_000_000);
        assertThat(load().values()).allMatch(value -> value.origin() == Config.Origin.DEFAULT);
    }

    @Test
    void theEnvironmentOverridesTheFile() throws Exception {
        Files.writeString(file, "[limits]\nday_usd = 2.5\n[reliability.bolt]\nbackoff = \"linear\"\nfirst_ms = 7\n");
        Config config = Config.load(file, Map.of("AVATAR_LIMITS_DAY_USD", "9"));
        assertThat(config.amount("limits.day_usd")).isEqualByComparingTo("9");
        assertThat(load().amount("limits.day_usd")).isEqualByComparingTo("2.5");
        assertThat(config.policy("bolt").backoff()).isEqualTo(Backoff.LINEAR);
        assertThat(config.policy("bolt").first()).isEqualTo(Duration.ofMillis(7));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [limits]\\ndayly_tokens = 1       | limits.dayly_tokens: this setting does not exist. Did you mean limits.daily_tokens?
            [limits]\\ndaily_tokens = -1      | limits.daily_tokens: "-1" is not a whole number of 1 or more
            [limits]\\nday_usd = "much"       | is not an amount in US dollars
            [claude]\\napi_key = "x"          | secrets are not allowed in this file
            [claude]\\nmodel = "sk-ant-1"     | looks like a secret
            [limits\\nday_usd = 1             | line 1
            [claude]\\nmodel = ["a"]          | cannot be a list
            [reliability.disk]\\nfirst_ms = 900000 | the longest pause must be at least as long as the first
            [limits]\\nconcurrency = 99       | limits.max_concurrency must be at least
            """)
    void anErrorNamesItsPlace(String text, String message) throws Exception {
        Files.writeString(file, text.replace("\\n", "\n"));
        assertThatThrownBy(this::load)
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("config.toml")
                .hasMessageContaining(message);
    }

    @Test
    void settingAValueKeepsEverythingElse() throws Exception {
        Files.writeString(file, "# mine\n[limits] # all of them\nday_usd = 1 # a coffee\n\n[claude]\nmodel = \"a\"\n");
        Config.set(file, "limits.day_usd", "3");
        Config.set(file, "limits.month_usd", "30");
        Config.set(file, "claude.model", "claude-haiku-5-5");
        Config.set(file, "reliability.disk.attempts", "9");
        assertThat(file).hasContent("""
                # mine
                [limits] # all of them
                day_usd = 3
                month_usd = 30

                [claude]
                model = "claude-haiku-5-5"

                [reliability.disk]
                attempts = 9
                """);
        assertThat(load().policy("disk").attempts()).isEqualTo(9);
        assertThatThrownBy(() -> Config.set(file, "limits.day_usd", "lots")).isInstanceOf(ConfigException.class);
        assertThat(load().amount("limits.day_usd")).isEqualByComparingTo("3");
        assertThat(folder).isDirectoryNotContaining("glob:**.new");
    }
}
