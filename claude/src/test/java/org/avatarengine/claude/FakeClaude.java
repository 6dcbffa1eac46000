package org.avatarengine.claude;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.avatarengine.usage.TokenCounts;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A service on loopback that speaks the documented Messages, Batches, token counting and Admin usage APIs, bills its
 * answers, caches prefixes, and fails on request.
 */
public final class FakeClaude implements AutoCloseable {
    /** What happens to the next request for a message. */
    public enum Trouble {
        /** Answer. */
        NONE,
        /** Close the connection in the middle of the answer. */
        CUT,
        /** Send invalid JSON. */
        GARBLED,
        /** Begin to answer, then send nothing more. */
        SILENT,
        /** Answer, but stop at the maximum output length. */
        TOO_LONG,
        /** Decline to answer. */
        REFUSED,
        /** Answer until the context window is full. */
        CONTEXT_FULL,
        /** Answer with the first half, and wait for the request to continue. */
        PAUSED
    }

    private record Failing(int status, Map<String, String> headers, Trouble trouble) {}

    public static final String KEY = "sk-ant-test-0123456789";

    public static final String ADMIN_KEY = "sk-ant-admin-0123456789";

    private static final JsonMapper JSON = new JsonMapper();
    private final HttpServer server;
    private final Deque<Failing> failing = new ArrayDeque<>();
    private final Map<String, List<JsonNode>> batches = new ConcurrentHashMap<>();
    private final Map<String, Long> cached = new ConcurrentHashMap<>();
    private final AtomicInteger ids = new AtomicInteger();
    private volatile Function<JsonNode, String> answers = request -> "yes";
    private volatile int looksUntilDone = 1;
    private volatile boolean losing;
    private volatile int thinkingTokens = 200;
    /** The bodies of requests for messages, including those in batches, in the order of their arrival. */
    public final List<JsonNode> requests = Collections.synchronizedList(new ArrayList<>());
    /** The billed tokens, by model. */
    public final Map<String, List<TokenCounts>> billed = new ConcurrentHashMap<>();

    public final AtomicInteger counted = new AtomicInteger();

    public FakeClaude() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Sets the function that answers the body of a request. */
    public void answer(Function<JsonNode, String> how) {
        answers = how;
    }

    /** Fails the next requests with these statuses, one after the other. */
    public void fail(int... statuses) {
        for (int status : statuses) {
            failing.add(new Failing(status, status == 429 ? Map.of("retry-after", "0") : Map.of(), Trouble.NONE));
        }
    }

    public void fail(Trouble trouble) {
        failing.add(new Failing(200, Map.of(), trouble));
    }

    /** Accepts the next batch, but closes the connection before it confirms this. */
    public void loseNextBatch() {
        losing = true;
    }

    /** The number of accepted batches. */
    public int accepted() {
        return batches.size();
    }

    /** Sets the number of status requests after which a batch is finished. */
    public void batchesTake(int looks) {
        looksUntilDone = looks;
    }

    /** Sets how many tokens a model needs to think before it answers. */
    public void think(int tokens) {
        thinkingTokens = tokens;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String bearer = exchange.getRequestHeaders().getFirst("authorization");
            String key = bearer != null
                    ? bearer.replaceFirst("^Bearer ", "")
                    : exchange.getRequestHeaders().getFirst("x-api-key");
            if (path.startsWith("/v1/organizations/")) {
                if (!ADMIN_KEY.equals(key)) {
                    error(exchange, 401, Map.of());
                } else {
                    send(exchange, 200, path.endsWith("cost_report") ? costReport() : usageReport());
                }
            } else if (!KEY.equals(key)
                    || !ApiRules.VERSIONS.contains(
                            String.valueOf(exchange.getRequestHeaders().getFirst("anthropic-version")))) {
                error(exchange, 401, Map.of());
            } else if (path.equals("/v1/messages/count_tokens")) {
                counted.incrementAndGet();
                send(exchange, 200, "{\"input_tokens\": " + length(JSON.readTree(body)) + "}");
            } else if (path.equals("/v1/messages")) {
                message(exchange, JSON.readTree(body));
            } else if (path.startsWith("/v1/messages/batches")) {
                batch(exchange, path.substring("/v1/messages/batches".length()), body);
            } else {
                error(exchange, 404, Map.of());
            }
        }
    }

    private void message(HttpExchange exchange, JsonNode request) throws IOException {
        Failing next = failing.poll();
        if (next != null && next.status != 200) {
            error(exchange, next.status, next.headers);
            return;
        }
        Trouble trouble = next == null ? Trouble.NONE : next.trouble;
        Optional<String> violation = ApiRules.violation(request);
        if (violation.isPresent()) {
            error(exchange, 400, Map.of());
            return;
        }
        requests.add(request);
        Written written = write(request, trouble);
        String text = written.text;
        TokenCounts tokens = bill(request, written);
        exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
        exchange.getResponseHeaders().add("request-id", "req_" + ids.incrementAndGet());
        limits(exchange);
        exchange.sendResponseHeaders(200, 0);
        event(
                exchange,
                "message_start",
                Map.of(
                        "message",
                        Map.of(
                                "id",
                                "msg_" + ids.incrementAndGet(),
                                "type",
                                "message",
                                "role",
                                "assistant",
                                "model",
                                request.get("model").asString(),
                                "content",
                                List.of(),
                                "usage",
                                usage(tokens, 1))));
        if (written.thinking > 0) {
            think(exchange);
        }
        if (text.isEmpty() && written.thinking > 0) {
            end(exchange, written, tokens);
            return;
        }
        int block = written.thinking > 0 ? 1 : 0;
        event(
                exchange,
                "content_block_start",
                Map.of("index", block, "content_block", Map.of("type", "text", "text", "")));
        int half = text.length() / 2;
        delta(exchange, block, text.substring(0, half));
        if (trouble == Trouble.CUT) {
            return; // the exchange is closed before its last chunk
        }
        if (trouble == Trouble.SILENT) {
            try {
                Thread.sleep(20_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return;
        }
        if (trouble == Trouble.GARBLED) {
            exchange.getResponseBody()
                    .write("event: content_block_delta\ndata: {\"type\": \"con\n\n".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().close();
            return;
        }
        delta(exchange, block, text.substring(half));
        event(exchange, "content_block_stop", Map.of("index", block));
        end(exchange, written, tokens);
    }

    /** What the model wrote. */
    private record Written(String text, int thinking, String stop) {}

    /** Thinking and answering share the maximum length of the output. */
    private Written write(JsonNode request, Trouble trouble) {
        String text = answers.apply(request);
        int room = request.path("max_tokens").asInt();
        int thinking = ApiRules.thinks(request) ? Math.min(room, thinkingTokens) : 0;
        room -= thinking;
        return switch (trouble) {
            case TOO_LONG -> new Written(text, thinking, "max_tokens");
            case REFUSED -> new Written("", thinking, "refusal");
            case CONTEXT_FULL -> new Written(text, thinking, "model_context_window_exceeded");
            case PAUSED -> new Written(text.substring(0, text.length() / 2), thinking, "pause_turn");
            default ->
                Math.max(1, text.length() / 4) > room
                        ? new Written(text.substring(0, Math.min(text.length(), 4 * room)), thinking, "max_tokens")
                        : new Written(text, thinking, "end_turn");
        };
    }

    /** A block without the thoughts, which the API leaves out by default. */
    private static void think(HttpExchange exchange) throws IOException {
        event(
                exchange,
                "content_block_start",
                Map.of("index", 0, "content_block", Map.of("type", "thinking", "thinking", "", "signature", "")));
        event(
                exchange,
                "content_block_delta",
                Map.of("index", 0, "delta", Map.of("type", "signature_delta", "signature", "c2lnbmVk")));
        event(exchange, "content_block_stop", Map.of("index", 0));
    }

    private static void end(HttpExchange exchange, Written written, TokenCounts tokens) throws IOException {
        Map<String, Object> delta = new LinkedHashMap<>(Map.of("stop_reason", written.stop));
        if (written.stop.equals("refusal")) {
            delta.put("stop_details", Map.of("type", "refusal", "category", "cyber"));
        }
        event(
                exchange,
                "message_delta",
                Map.of(
                        "delta",
                        delta,
                        "usage",
                        Map.of(
                                "output_tokens",
                                tokens.output(),
                                "output_tokens_details",
                                Map.of("thinking_tokens", tokens.thinking()))));
        event(exchange, "message_stop", Map.of());
        exchange.getResponseBody().close();
    }

    private static void limits(HttpExchange exchange) {
        Map.of(
                        "requests-limit",
                        "4000",
                        "requests-remaining",
                        "3999",
                        "input-tokens-limit",
                        "2000000",
                        "input-tokens-remaining",
                        "1990000",
                        "output-tokens-limit",
                        "400000",
                        "output-tokens-remaining",
                        "399000")
                .forEach((name, value) -> exchange.getResponseHeaders().add("anthropic-ratelimit-" + name, value));
    }

    private static void delta(HttpExchange exchange, int block, String text) throws IOException {
        event(
                exchange,
                "content_block_delta",
                Map.of("index", block, "delta", Map.of("type", "text_delta", "text", text)));
    }

    private static void event(HttpExchange exchange, String type, Map<String, ?> data) throws IOException {
        Map<String, Object> whole = new LinkedHashMap<>(Map.of("type", type));
        whole.putAll(data);
        exchange.getResponseBody()
                .write(("event: " + type + "\ndata: " + JSON.writeValueAsString(whole) + "\n\n")
                        .getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
    }

    /** Four characters per token. */
    private static long length(JsonNode request) {
        return Math.max(
                1,
                (request.path("system").toString().length()
                                + request.path("messages").toString().length())
                        / 4);
    }

    /** Blocks that are marked for caching are written to the cache once and read from it afterwards. */
    private TokenCounts bill(JsonNode request, Written written) {
        long write5m = 0;
        long write1h = 0;
        long read = 0;
        StringBuilder prefix = new StringBuilder(request.get("model").asString());
        for (JsonNode block : request.path("system")) {
            prefix.append(block.path("text").asString());
            long tokens = block.path("text").asString().length() / 4;
            if (block.has("cache_control")) {
                boolean hour =
                        block.path("cache_control").path("ttl").asString("5m").equals("1h");
                if (cached.putIfAbsent(prefix.toString(), tokens) != null) {
                    read += tokens;
                } else if (hour) {
                    write1h += tokens;
                } else {
                    write5m += tokens;
                }
            }
        }
        TokenCounts tokens = new TokenCounts(
                Math.max(1, length(request) - write5m - write1h - read),
                Math.max(1, written.text.length() / 4) + written.thinking,
                write5m,
                write1h,
                read,
                written.thinking);
        billed.computeIfAbsent(
                        request.get("model").asString(), model -> Collections.synchronizedList(new ArrayList<>()))
                .add(tokens);
        return tokens;
    }

    private static Map<String, Object> usage(TokenCounts tokens, long output) {
        return Map.of(
                "input_tokens",
                tokens.input(),
                "output_tokens",
                output,
                "cache_creation_input_tokens",
                tokens.cacheWrite5m() + tokens.cacheWrite1h(),
                "cache_creation",
                Map.of(
                        "ephemeral_5m_input_tokens",
                        tokens.cacheWrite5m(),
                        "ephemeral_1h_input_tokens",
                        tokens.cacheWrite1h()),
                "cache_read_input_tokens",
                tokens.cacheRead(),
                "output_tokens_details",
                Map.of("thinking_tokens", Math.min(output, tokens.thinking())),
                "service_tier",
                "standard");
    }

    private final Map<String, AtomicInteger> looks = new ConcurrentHashMap<>();

    private void batch(HttpExchange exchange, String rest, String body) throws IOException {
        if (rest.isEmpty()) {
            String id = "msgbatch_" + ids.incrementAndGet();
            List<JsonNode> inside = new ArrayList<>();
            JSON.readTree(body).get("requests").forEach(inside::add);
            batches.put(id, inside);
            looks.put(id, new AtomicInteger());
            if (losing) {
                losing = false;
                exchange.close();
                return;
            }
            send(exchange, 200, describe(id, false));
            return;
        }
        String id = rest.split("/")[1];
        if (!batches.containsKey(id)) {
            error(exchange, 404, Map.of());
        } else if (rest.endsWith("/results")) {
            StringBuilder lines = new StringBuilder();
            for (JsonNode one : batches.get(id)) {
                JsonNode params = one.get("params");
                requests.add(params);
                Failing next = failing.poll();
                Written written = write(params, next == null ? Trouble.NONE : next.trouble);
                String text = written.text;
                Map<String, Object> result = text.equals("ERRORED")
                        ? Map.of(
                                "type",
                                "errored",
                                "error",
                                Map.of("type", "error", "error", Map.of("type", "api_error", "message", "no")))
                        : Map.of(
                                "type",
                                "succeeded",
                                "message",
                                Map.of(
                                        "id",
                                        "msg_" + ids.incrementAndGet(),
                                        "type",
                                        "message",
                                        "role",
                                        "assistant",
                                        "model",
                                        params.get("model").asString(),
                                        "content",
                                        List.of(Map.of("type", "text", "text", text)),
                                        "stop_reason",
                                        written.stop,
                                        "usage",
                                        batchUsage(params, written)));
                lines.append(JSON.writeValueAsString(
                                Map.of("custom_id", one.get("custom_id").asString(), "result", result)))
                        .append('\n');
            }
            send(exchange, 200, lines.toString());
        } else {
            send(exchange, 200, describe(id, looks.get(id).incrementAndGet() >= looksUntilDone));
        }
    }

    private Map<String, Object> batchUsage(JsonNode params, Written written) {
        TokenCounts tokens = bill(params, written);
        Map<String, Object> usage = new LinkedHashMap<>(usage(tokens, tokens.output()));
        usage.put("service_tier", "batch");
        return usage;
    }

    private String describe(String id, boolean done) {
        Map<String, Object> batch = new LinkedHashMap<>(Map.of(
                "id",
                id,
                "type",
                "message_batch",
                "processing_status",
                done ? "ended" : "in_progress",
                "created_at",
                "2026-11-20T10:00:00Z",
                "expires_at",
                "2026-11-21T10:00:00Z",
                "request_counts",
                Map.of(
                        "processing",
                        done ? 0 : 1,
                        "succeeded",
                        done ? 1 : 0,
                        "errored",
                        0,
                        "canceled",
                        0,
                        "expired",
                        0)));
        if (done) {
            batch.put("results_url", url() + "/v1/messages/batches/" + id + "/results");
        }
        return JSON.writeValueAsString(batch);
    }

    private String usageReport() {
        List<Object> results = new ArrayList<>();
        billed.forEach((model, list) -> {
            TokenCounts sum = list.stream().reduce(TokenCounts.NONE, TokenCounts::plus);
            results.add(Map.of(
                    "model",
                    model,
                    "uncached_input_tokens",
                    sum.input(),
                    "output_tokens",
                    sum.output(),
                    "cache_read_input_tokens",
                    sum.cacheRead(),
                    "cache_creation",
                    Map.of(
                            "ephemeral_5m_input_tokens",
                            sum.cacheWrite5m(),
                            "ephemeral_1h_input_tokens",
                            sum.cacheWrite1h())));
        });
        return JSON.writeValueAsString(Map.of(
                "data",
                List.of(Map.of("starting_at", day(), "ending_at", day(), "results", results)),
                "has_more",
                false));
    }

    private String costReport() {
        return JSON.writeValueAsString(Map.of(
                "data",
                List.of(Map.of(
                        "starting_at",
                        day(),
                        "ending_at",
                        day(),
                        "results",
                        List.of(Map.of("currency", "USD", "amount", "12.5")))),
                "has_more",
                false));
    }

    private static String day() {
        return Instant.now().toString().substring(0, 10) + "T00:00:00Z";
    }

    private static void error(HttpExchange exchange, int status, Map<String, String> headers) throws IOException {
        headers.forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
        String type = switch (status) {
            case 400 -> "invalid_request_error";
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            case 529 -> "overloaded_error";
            default -> "api_error";
        };
        send(
                exchange,
                status,
                "{\"type\": \"error\", \"error\": {\"type\": \"" + type
                        + "\", \"message\": \"as the test wants it\"}}");
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
