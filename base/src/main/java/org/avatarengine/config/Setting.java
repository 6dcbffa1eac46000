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
 * A setting.
 *
 * @param key the name with its table, such as {@code limits.day_usd}
 * @param byDefault the default, as it is written in the file but without quotes; empty for none
 * @param meaning a one-line description for the user, with the unit
 */
public record Setting(String key, Form form, String byDefault, String meaning) {
    /** The form of a value. */
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
        WHOLE("a whole number of 1 or more") {
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
        SHARE("a number above 0 and up to 1") {
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
                    throw new IllegalArgumentException("neither true nor false");
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

        /**
         * Checks a value.
         *
         * @throws IllegalArgumentException when the value does not have this form
         */
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
                        "graph.uri",
                        Form.URL,
                        "",
                        "address of a Neo4j server, such as neo4j://localhost:7687 or, with a database,"
                                + " neo4j://localhost:7687/family; empty: embedded graph"),
                new Setting(
                        "engine.idle",
                        Form.WHOLE,
                        "10",
                        "minutes without a command after which the engine in the background ends; 0: no engine"),
                new Setting("claude.model", Form.TEXT, "claude-sonnet-5-5", "model for avatar enrich"),
                new Setting("claude.base_url", Form.URL, "", "address of the API; empty: Anthropic's"),
                new Setting(
                        "chat.model",
                        Form.TEXT,
                        "nearest",
                        "model for avatars: nearest, local:NAME, claude, claude:MODEL, or a server's http://…"),
                new Setting(
                        "limits.daily_tokens",
                        Form.WHOLE,
                        "1000000",
                        "tokens per day; warnings at 80 %, 95 % and 100 %"),
                new Setting(
                        "limits.stop_at_daily_tokens", Form.TRUTH, "false", "whether to stop at limits.daily_tokens"),
                new Setting("limits.run_usd", Form.AMOUNT, "0", "budget per run, USD; 0: no limit"),
                new Setting("limits.day_usd", Form.AMOUNT, "0", "budget per day, USD; 0: no limit"),
                new Setting("limits.month_usd", Form.AMOUNT, "0", "budget per calendar month, USD; 0: no limit"),
                new Setting("limits.requests_per_minute", Form.WHOLE, "10", "requests per minute at the start"),
                new Setting("limits.concurrency", Form.WHOLE, "1", "concurrent requests at the start"),
                new Setting("limits.max_concurrency", Form.WHOLE, "16", "maximum of concurrent requests"),
                new Setting(
                        "usage.retention_days",
                        Form.WHOLE,
                        "30",
                        "days until stored requests and answers are deleted")));
        policy(all, "claude", Policy.CLAUDE);
        policy(all, "bolt", Policy.BOLT);
        policy(all, "disk", Policy.DISK);
        return List.copyOf(all);
    }

    private static void policy(List<Setting> all, String name, Policy policy) {
        String table = "reliability." + name + ".";
        all.addAll(List.of(
                new Setting(table + "attempts", Form.WHOLE, "" + policy.attempts(), "maximum number of attempts"),
                new Setting(
                        table + "backoff",
                        Form.BACKOFF,
                        policy.backoff().name().toLowerCase(Locale.ROOT),
                        "growth of pauses: exponential (with jitter), linear or fibonacci"),
                new Setting(table + "first_ms", Form.WHOLE, "" + policy.first().toMillis(), "first pause, ms"),
                new Setting(
                        table + "longest_ms", Form.WHOLE, "" + policy.longest().toMillis(), "longest pause, ms"),
                new Setting(
                        table + "timeout_s",
                        Form.WHOLE,
                        "" + policy.timeout().toSeconds(),
                        "timeout of one attempt, s"),
                new Setting(table + "concurrent", Form.WHOLE, "" + policy.concurrent(), "maximum of concurrent calls"),
                new Setting(
                        table + "failure_rate",
                        Form.SHARE,
                        "" + policy.failureRate(),
                        "share of failed calls at which calls pause"),
                new Setting(
                        table + "window", Form.WHOLE, "" + policy.window(), "number of recent calls for that share"),
                new Setting(
                        table + "open_s", Form.WHOLE, "" + policy.openFor().toSeconds(), "duration of that pause, s")));
    }

    static Optional<Setting> find(String key) {
        return ALL.stream().filter(setting -> setting.key.equals(key)).findFirst();
    }

    /** The environment variable that overrides the file. */
    public String variable() {
        return key.equals("graph.uri")
                ? "AVATAR_GRAPH"
                : "AVATAR_" + key.replace('.', '_').toUpperCase(Locale.ROOT);
    }

    /** The existing key most similar to an unknown one, for the error message. */
    static String nearest(String key) {
        var distance = org.apache.commons.text.similarity.LevenshteinDistance.getDefaultInstance();
        return Arrays.stream(ALL.toArray(Setting[]::new))
                .map(Setting::key)
                .min(Comparator.comparingInt(known -> distance.apply(known, key)))
                .orElseThrow();
    }
}
