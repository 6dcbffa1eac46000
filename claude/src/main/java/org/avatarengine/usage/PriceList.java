package org.avatarengine.usage;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.avatarengine.failure.UsageException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The prices of models by date. A price is valid from its first to its last day, both in UTC. A model that is not
 * listed has no price: this is an error, never a price of zero.
 *
 * @param source the source of the prices
 * @param checked the day on which the prices were last compared with the source
 * @param batchFactor the factor for the Message Batches API
 * @param regionFactors the factors by {@code inference_geo}
 */
public record PriceList(
        String source,
        LocalDate checked,
        BigDecimal batchFactor,
        Map<String, BigDecimal> regionFactors,
        List<Price> prices) {
    private static final int FRESH_DAYS = 90;

    public PriceList {
        // The file may lack any field. A missing price must not become zero.
        if (source == null || checked == null || prices == null || prices.isEmpty()) {
            throw new IllegalArgumentException("source, checked or prices is missing");
        }
        if (batchFactor == null || batchFactor.signum() <= 0) {
            throw new IllegalArgumentException("batchFactor must be above 0");
        }
        if (regionFactors == null || regionFactors.values().stream().anyMatch(factor -> factor.signum() <= 0)) {
            throw new IllegalArgumentException("regionFactors must be above 0");
        }
        regionFactors = Map.copyOf(regionFactors);
        prices = List.copyOf(prices);
    }

    /** Whether the prices were checked so long ago that they may have changed. */
    public boolean isOld(LocalDate today) {
        return checked.plusDays(FRESH_DAYS).isBefore(today);
    }

    /** The warning for prices that may have changed. */
    public String oldWarning() {
        return "The prices were last checked on " + checked
                + ". Check them, and run `avatar tokens prices --update FILE` with a newer list.";
    }

    private static void positive(String model, BigDecimal... rates) {
        for (BigDecimal rate : rates) {
            if (rate == null || rate.signum() <= 0) {
                throw new IllegalArgumentException("a price of " + model + " is missing or not above 0");
            }
        }
    }

    /**
     * The price of a model over some time, in US dollars per million tokens.
     *
     * @param from the first day; null if the price was valid from the beginning
     * @param to the last day; null while the price is valid
     * @param longPrompt the prices of all tokens of a request with a longer prompt; null if the length does not matter
     * @param note the source, if it is not that of the list; null otherwise
     */
    public record Price(
            String model,
            @Nullable LocalDate from,
            @Nullable LocalDate to,
            BigDecimal input,
            BigDecimal output,
            BigDecimal cacheWrite5m,
            BigDecimal cacheWrite1h,
            BigDecimal cacheRead,
            @Nullable LongPrompt longPrompt,
            @Nullable String note) {
        public Price {
            if (model == null) {
                throw new IllegalArgumentException("a price has no model");
            }
            positive(model, input, output, cacheWrite5m, cacheWrite1h, cacheRead);
        }

        private boolean holdsOn(LocalDate day) {
            return (from == null || !day.isBefore(from)) && (to == null || !day.isAfter(to));
        }

        private Rates rates(long prompt) {
            return longPrompt != null && prompt > longPrompt.over
                    ? new Rates(
                            longPrompt.input,
                            longPrompt.output,
                            longPrompt.cacheWrite5m,
                            longPrompt.cacheWrite1h,
                            longPrompt.cacheRead)
                    : new Rates(input, output, cacheWrite5m, cacheWrite1h, cacheRead);
        }
    }

    /**
     * The price for long prompts.
     *
     * @param over the maximum length of a prompt, in tokens, for which the ordinary price is valid
     */
    public record LongPrompt(
            long over,
            BigDecimal input,
            BigDecimal output,
            BigDecimal cacheWrite5m,
            BigDecimal cacheWrite1h,
            BigDecimal cacheRead) {
        public LongPrompt {
            positive("long prompts", input, output, cacheWrite5m, cacheWrite1h, cacheRead);
        }
    }

    private record Rates(
            BigDecimal input,
            BigDecimal output,
            BigDecimal cacheWrite5m,
            BigDecimal cacheWrite1h,
            BigDecimal cacheRead) {
        /** The price of tokens. A rate of one dollar per million tokens is a millionth of a dollar per token. */
        BigDecimal of(TokenCounts tokens) {
            return input.multiply(BigDecimal.valueOf(tokens.input()))
                    .add(output.multiply(BigDecimal.valueOf(tokens.output())))
                    .add(cacheWrite5m.multiply(BigDecimal.valueOf(tokens.cacheWrite5m())))
                    .add(cacheWrite1h.multiply(BigDecimal.valueOf(tokens.cacheWrite1h())))
                    .add(cacheRead.multiply(BigDecimal.valueOf(tokens.cacheRead())))
                    .movePointLeft(6);
        }
    }

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** The date in the name of a model's version, or the suffix for a large context. Neither changes the price. */
    private static final Pattern VARIANT = Pattern.compile("(-\\d{8})?(\\[1m])?$");

    /** The bundled prices. */
    public static PriceList bundled() {
        try (InputStream in = PriceList.class.getResourceAsStream("prices.json")) {
            return JSON.readValue(in, PriceList.class);
        } catch (IOException e) {
            throw new IllegalStateException("The bundled prices cannot be read.", e);
        }
    }

    /**
     * The prices in the user's file, or the bundled prices if it does not exist.
     *
     * @throws UsageException when the file is invalid
     */
    public static PriceList of(Path file) {
        if (!Files.exists(file)) {
            return bundled();
        }
        try {
            return JSON.readValue(Files.readString(file), PriceList.class);
        } catch (IOException | JacksonException e) {
            throw new UsageException(
                    "The price list " + file + " cannot be read: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse("unknown reason")
                            + ". Correct it, or remove it to use the bundled prices.",
                    e);
        }
    }

    /** The name of a model without the date of its version and without the suffix for a large context. */
    public static String plainName(String model) {
        return VARIANT.matcher(model).replaceFirst("");
    }

    /** The price of a model at a time, by its day in UTC. */
    public Optional<Price> find(String model, Instant at) {
        LocalDate day = at.atZone(ZoneOffset.UTC).toLocalDate();
        String plain = plainName(model);
        return prices.stream()
                .filter(price -> price.model.equals(plain) && price.holdsOn(day))
                .findFirst();
    }

    /**
     * The cost of tokens.
     *
     * @throws UsageException when the model has no price
     */
    public Usd cost(Terms terms, TokenCounts tokens) {
        Price price = find(terms.model(), terms.at()).orElseThrow(() -> noPrice(terms.model()));
        BigDecimal dollars = price.rates(tokens.prompt()).of(tokens);
        if (terms.batch()) {
            dollars = dollars.multiply(batchFactor);
        }
        return Usd.of(dollars.multiply(regionFactor(terms.region())));
    }

    /** The cost of the same prompt without a cache. */
    public Usd costWithoutCache(Terms terms, TokenCounts tokens) {
        return cost(terms, new TokenCounts(tokens.prompt(), tokens.output(), 0, 0, 0));
    }

    /**
     * The maximum cost of a request: the whole prompt is written to the cache, and the output has the maximum length.
     *
     * @param hour whether the request uses the one-hour cache
     */
    public Usd worst(Terms terms, long prompt, long maxOutput, boolean hour) {
        return cost(terms, new TokenCounts(0, maxOutput, hour ? 0 : prompt, hour ? prompt : 0, 0));
    }

    /**
     * An unknown region costs as much as the most expensive known one, because the request was made and must be
     * counted.
     */
    private BigDecimal regionFactor(@Nullable String region) {
        if (region == null || region.equals("global") || region.equals("not_available")) {
            return BigDecimal.ONE;
        }
        return regionFactors.getOrDefault(
                region, regionFactors.values().stream().reduce(BigDecimal.ONE, BigDecimal::max));
    }

    private static UsageException noPrice(String model) {
        return new UsageException(
                "There is no price for the model \"" + model
                        + "\", so what it costs cannot be known. Choose one of: avatar tokens prices, or add it to"
                        + " prices.json in the data folder.",
                null);
    }
}
