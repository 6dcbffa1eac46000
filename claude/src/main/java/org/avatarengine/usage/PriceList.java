package org.avatarengine.usage;

import com.fasterxml.jackson.annotation.JsonInclude;
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
 * What models cost on which day. A price holds from its first day to its last, both in UTC. A model that is not listed
 * has no price: asking for one says so, and never gives zero.
 *
 * @param source where the prices are from
 * @param checked the day on which they were compared with the source
 * @param batchFactor what the Message Batches API makes of a price
 * @param regionFactors what {@code inference_geo} makes of a price
 */
public record PriceList(
        String source,
        LocalDate checked,
        BigDecimal batchFactor,
        Map<String, BigDecimal> regionFactors,
        List<Price> prices) {
    public PriceList {
        // The file may leave anything out; a price that is missing must not become zero.
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
     * @param from the first day; null for as long as there is the model
     * @param to the last day; null while it holds
     * @param longPrompt what all tokens of a request cost whose prompt is longer; null where that does not matter
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Price(
            String model,
            @Nullable LocalDate from,
            @Nullable LocalDate to,
            BigDecimal input,
            BigDecimal output,
            BigDecimal cacheWrite5m,
            BigDecimal cacheWrite1h,
            BigDecimal cacheRead,
            @Nullable LongPrompt longPrompt) {
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
     * A price by the length of the prompt.
     *
     * @param over the longest prompt, in tokens, that the ordinary price holds for
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
        /** The price of tokens; a rate of a dollar per million tokens is a millionth of a dollar per token. */
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

    /** A date that names a version of a model, or the mark of a large context; neither changes the price. */
    private static final Pattern VARIANT = Pattern.compile("(-\\d{8})?(\\[1m])?$");

    /** The prices that come with the program. */
    public static PriceList bundled() {
        try (InputStream in = PriceList.class.getResourceAsStream("prices.json")) {
            return JSON.readValue(in, PriceList.class);
        } catch (IOException e) {
            throw new IllegalStateException("The program's own prices cannot be read.", e);
        }
    }

    /**
     * The prices in a file of the user's, or the bundled ones when there is none.
     *
     * @throws UsageException when the file is wrong
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
                            + ". Mend it, or remove it to use the program's own.",
                    e);
        }
    }

    /** The price of a model on the day of a moment, in UTC. */
    public Optional<Price> find(String model, Instant at) {
        LocalDate day = at.atZone(ZoneOffset.UTC).toLocalDate();
        String plain = VARIANT.matcher(model).replaceFirst("");
        return prices.stream()
                .filter(price -> price.model.equals(plain) && price.holdsOn(day))
                .findFirst();
    }

    /**
     * What tokens cost.
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

    /** What the same prompt would have cost without a cache. */
    public Usd costWithoutCache(Terms terms, TokenCounts tokens) {
        return cost(terms, new TokenCounts(tokens.prompt(), tokens.output(), 0, 0, 0));
    }

    /**
     * The most that a request can cost: a prompt that is all written to the cache, and the longest output.
     *
     * @param hour whether the request asks for a cache that lives for an hour
     */
    public Usd worst(Terms terms, long prompt, long maxOutput, boolean hour) {
        return cost(terms, new TokenCounts(0, maxOutput, hour ? 0 : prompt, hour ? prompt : 0, 0));
    }

    /** A region that is not known costs as the dearest that is: the request has been made, so it must be counted. */
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
