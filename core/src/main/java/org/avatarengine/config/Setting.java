package org.avatarengine.config;

import java.math.BigDecimal;
import java.net.URI;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.avatarengine.reliability.Backoff;
import org.avatarengine.reliability.Policy;

/**
 * A setting that there is.
 *
 * @param key with its table, such as {@code limits.day_usd}
 * @param byDefault as it would stand in the file, without quotes; empty for nothing
 * @param meaning a line for people, with the unit
 */
public record Setting(String key, Form form, String byDefault, String meaning) {
    /** What a value must look like. */
    public enum Form {
        TEXT("a text") {
            @Override
            void check(String value) {}
        },
        URL("an address such as https://host") {
            @Override
            void check(String value) {
                URI uri = URI.create(value);
                if (!value.isEmpty() && uri.getScheme() == null) {
                    throw new IllegalArgumentException("no scheme");
                }
            }
        },
        WHOLE("a whole number from 1 on") {
            @Override
            void check(String value) {
                if (Long.parseLong(value) < 1) {
                    throw new IllegalArgumentException("below 1");
                }
            }
        },
        AMOUNT("an amount in US dollars, or 0 for no limit") {
            @Override
            void check(String value) {
                if (new BigDecimal(value).signum() < 0) {
                    throw new IllegalArgumentException("negative");
                }
            }
        },
        SHARE("a number above 0, at most 1") {
            @Override
            void check(String value) {
                double share = Double.parseDouble(value);
                if (!(share > 0 && share <= 1)) {
                    throw new IllegalArgumentException("out of range");
                }
            }
        },
        TRUTH("true or false") {
            @Override
            void check(String value) {
                if (!value.equals("true") && !value.equals("false")) {
                    throw new IllegalArgumentException("neither");
                }
            }
        },
        BACKOFF("exponential, linear or fibonacci") {
            @Override
            void check(String value) {
                Backoff.valueOf(value.toUpperCase(Locale.ROOT));
            }
        };

        private final String expected;

        Form(String expected) {
            this.expected = expected;
        }

        /** Throws an {@link IllegalArgumentException} when the value is not of this form. */
        abstract void check(String value);

        String expected() {
            return expected;
        }

        boolean quoted() {
            return this == TEXT || this == URL || this == BACKOFF;
        }
    }

    /** All settings. */
    public static final List<Setting> ALL = all();

    private static List<Setting> all() {
        List<Setting> all = new java.util.ArrayList<>(List.of(
                new Setting(
                        "graph.uri", Form.URL, "", "a Neo4j server, such as neo4j://localhost:7687; empty: embedded"),
                new Setting("claude.model", Form.TEXT, "claude-sonnet-5-5", "the model that enrich asks"),
                new Setting("claude.base_url", Form.URL, "", "where the API is; empty: Anthropic's"),
                new Setting(
                        "chat.model",
                        Form.TEXT,
                        "nearest",
                        "who writes as an avatar: nearest, local:NAME, claude, claude:MODEL, or a server's http://…"),
                new Setting(
                        "limits.daily_tokens", Form.WHOLE, "1000000", "tokens a day; warnings at 80%, 95% and over"),
                new Setting("limits.stop_at_daily_tokens", Form.TRUTH, "false", "whether to stop there"),
                new Setting("limits.run_usd", Form.AMOUNT, "0", "the most a run may cost"),
                new Setting("limits.day_usd", Form.AMOUNT, "0", "the most a day may cost"),
                new Setting("limits.month_usd", Form.AMOUNT, "0", "the most a calendar month may cost"),
                new Setting("limits.requests_per_minute", Form.WHOLE, "10", "where the limiter begins"),
                new Setting("limits.concurrency", Form.WHOLE, "1", "requests at once where the limiter begins"),
                new Setting("limits.max_concurrency", Form.WHOLE, "16", "requests at once at most"),
                new Setting("usage.retention_days", Form.WHOLE, "30", "how long requests and answers are kept")));
        policy(all, "claude", Policy.CLAUDE);
        policy(all, "bolt", Policy.BOLT);
        policy(all, "disk", Policy.DISK);
        return List.copyOf(all);
    }

    private static void policy(List<Setting> all, String name, Policy policy) {
        String table = "reliability." + name + ".";
        all.addAll(List.of(
                new Setting(table + "attempts", Form.WHOLE, "" + policy.attempts(), "attempts in all"),
                new Setting(
                        table + "backoff",
                        Form.BACKOFF,
                        policy.backoff().name().toLowerCase(Locale.ROOT),
                        "how pauses grow: exponential with jitter, linear, fibonacci"),
                new Setting(table + "first_ms", Form.WHOLE, "" + policy.first().toMillis(), "the first pause, ms"),
                new Setting(
                        table + "longest_ms", Form.WHOLE, "" + policy.longest().toMillis(), "the longest pause, ms"),
                new Setting(
                        table + "timeout_s", Form.WHOLE, "" + policy.timeout().toSeconds(), "for one attempt, s"),
                new Setting(table + "concurrent", Form.WHOLE, "" + policy.concurrent(), "calls at once"),
                new Setting(
                        table + "failure_rate",
                        Form.SHARE,
                        "" + policy.failureRate(),
                        "the part of failures at which calls pause"),
                new Setting(table + "window", Form.WHOLE, "" + policy.window(), "over how many calls that is counted"),
                new Setting(
                        table + "open_s", Form.WHOLE, "" + policy.openFor().toSeconds(), "how long calls pause, s")));
    }

    static Optional<Setting> find(String key) {
        return ALL.stream().filter(setting -> setting.key.equals(key)).findFirst();
    }

    /** The variable of the environment that overrides the file. */
    public String variable() {
        return key.equals("graph.uri")
                ? "AVATAR_GRAPH"
                : "AVATAR_" + key.replace('.', '_').toUpperCase(Locale.ROOT);
    }

    /** The key that is most like one that there is not, for the message. */
    static String nearest(String key) {
        var distance = org.apache.commons.text.similarity.LevenshteinDistance.getDefaultInstance();
        return Arrays.stream(ALL.toArray(Setting[]::new))
                .map(Setting::key)
                .min(Comparator.comparingInt(known -> distance.apply(known, key)))
                .orElseThrow();
    }
}
