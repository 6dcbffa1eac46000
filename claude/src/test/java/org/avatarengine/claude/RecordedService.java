package org.avatarengine.claude;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A service on loopback that replays recorded answers, one after the other on each path. */
final class RecordedService implements AutoCloseable {
    /** A request as it arrived. */
    record Received(String path, Map<String, List<String>> headers, String body) {
        JsonNode json() {
            return new JsonMapper().readTree(body);
        }
    }

    private final HttpServer server;
    private final Map<String, Deque<String>> answers = new HashMap<>();
    private UnaryOperator<String> filling = UnaryOperator.identity();
    final List<Received> received = Collections.synchronizedList(new ArrayList<>());

    RecordedService() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Answers the next requests for a path with these recordings; the last one is repeated. */
    void answer(String path, String... recordings) {
        answers.put(path, new ArrayDeque<>(List.of(recordings)));
    }

    /** Changes recordings before they are sent, such as to put in the ids of requests. */
    void fill(UnaryOperator<String> how) {
        filling = how;
    }

    private static String recording(String name) throws IOException {
        try (InputStream in = RecordedService.class.getResourceAsStream("documented/" + name + ".http")) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            received.add(new Received(
                    path,
                    Map.copyOf(exchange.getRequestHeaders()),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            Deque<String> left = Objects.requireNonNull(answers.get(path), path);
            String[] parts = filling.apply(recording(left.size() > 1 ? left.remove() : left.getFirst()))
                    .split("\n\n", 2);
            String[] head = parts[0].split("\n");
            for (int i = 1; i < head.length; i++) {
                String[] header = head[i].split(": ", 2);
                exchange.getResponseHeaders().add(header[0], header[1]);
            }
            byte[] body = parts[1].getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(Integer.parseInt(head[0].split(" ")[1]), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
