package org.avatarengine.usage;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.avatarengine.failure.ServiceException;
import org.avatarengine.failure.ServiceException.Reason;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The usage that Anthropic counted, from its Usage and Cost Admin API. It needs an admin key. */
public final class AdminUsage {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String ANTHROPIC = "https://api.anthropic.com";

    private final String base;
    private final String key;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    /** @param baseUrl the URL of the API; null for Anthropic's own */
    public AdminUsage(@Nullable String baseUrl, String key) {
        this.base = baseUrl == null ? ANTHROPIC : baseUrl;
        this.key = key;
    }

    /**
     * Tokens by day in UTC and model.
     *
     * @throws ServiceException when the API does not answer
     */
    public Map<LocalDate, Map<String, TokenCounts>> tokens(LocalDate from, LocalDate to) throws InterruptedException {
        Map<LocalDate, Map<String, TokenCounts>> days = new TreeMap<>();
        pages("usage_report/messages", from, to, "&group_by[]=model", bucket -> {
            LocalDate day = day(bucket);
            for (JsonNode result : bucket.path("results")) {
                JsonNode created = result.path("cache_creation");
                days.computeIfAbsent(day, d -> new LinkedHashMap<>())
                        .merge(
                                result.path("model").asString("unknown"),
                                new TokenCounts(
                                        result.path("uncached_input_tokens").asLong(0),
                                        result.path("output_tokens").asLong(0),
                                        created.path("ephemeral_5m_input_tokens")
                                                .asLong(0),
                                        created.path("ephemeral_1h_input_tokens")
                                                .asLong(0),
                                        result.path("cache_read_input_tokens").asLong(0)),
                                TokenCounts::plus);
            }
        });
        return days;
    }

    /** The cost by day in UTC, for the whole organization. The API counts in cents. */
    public Map<LocalDate, Usd> cost(LocalDate from, LocalDate to) throws InterruptedException {
        Map<LocalDate, Usd> days = new TreeMap<>();
        pages("cost_report", from, to, "", bucket -> {
            for (JsonNode result : bucket.path("results")) {
                days.merge(
                        day(bucket),
                        Usd.of(new BigDecimal(result.path("amount").asString("0")).movePointLeft(2)),
                        Usd::plus);
            }
        });
        return days;
    }

    private static LocalDate day(JsonNode bucket) {
        return OffsetDateTime.parse(bucket.path("starting_at").asString())
                .withOffsetSameInstant(ZoneOffset.UTC)
                .toLocalDate();
    }

    private void pages(String report, LocalDate from, LocalDate to, String more, Consumer<JsonNode> bucket)
            throws InterruptedException {
        String page = null;
        do {
            JsonNode answer = get("/v1/organizations/" + report + "?starting_at=" + from + "T00:00:00Z&ending_at="
                    + to.plusDays(1) + "T00:00:00Z&bucket_width=1d&limit=31" + more.replace("[]", "%5B%5D")
                    + (page == null ? "" : "&page=" + URLEncoder.encode(page, StandardCharsets.UTF_8)));
            answer.path("data").forEach(bucket);
            page = answer.path("has_more").asBoolean(false)
                    ? answer.path("next_page").asString(null)
                    : null;
        } while (page != null);
    }

    private JsonNode get(String path) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .header("x-api-key", key)
                .header("anthropic-version", "2023-06-01")
                .timeout(Duration.ofSeconds(60))
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return switch (response.statusCode()) {
                case 200 -> JSON.readTree(response.body());
                case 401, 403 ->
                    throw new ServiceException(
                            Reason.UNAUTHORIZED,
                            "The Admin API does not accept this key (HTTP " + response.statusCode()
                                    + "). It needs an admin key (sk-ant-admin…) of an organization, in"
                                    + " ANTHROPIC_ADMIN_KEY.",
                            null,
                            null);
                default ->
                    throw new ServiceException(
                            Reason.BROKEN, "The Admin API failed (HTTP " + response.statusCode() + ").", null, null);
            };
        } catch (JacksonException e) {
            throw new ServiceException(Reason.UNREADABLE, "The Admin API's answer could not be read.", null, e);
        } catch (IOException e) {
            throw new ServiceException(Reason.UNREACHABLE, "The Admin API cannot be reached.", null, e);
        }
    }
}
