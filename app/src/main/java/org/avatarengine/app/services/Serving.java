package org.avatarengine.app.services;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import org.avatarengine.failure.GraphException;
import org.avatarengine.failure.VaultException;
import org.avatarengine.files.WholeFile;
import org.avatarengine.graph.BoltGraph;
import org.avatarengine.graph.EmbeddedGraph;
import org.avatarengine.graph.Graph;
import org.avatarengine.vault.DataFolder.Content;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells other commands where the page is, and how to reach the graph that {@code avatar serve --no-engine} has open. A
 * file that only its owner can read holds the address and the password. Each server has a new password, and deletes the
 * file when it ends.
 *
 * @param bolt the address of the graph; null when the engine has it, which runs the other commands, too
 * @param page the address of the page, with its token
 * @param process the number of the server's process
 */
public record Serving(@Nullable String bolt, String password, String page, long process) {
    private static final String FILE = Content.SERVING.fileName();
    private static final int PASSWORD_BYTES = 24;

    /** A free port and a new password. */
    public static EmbeddedGraph.Bolt fresh() throws IOException {
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new EmbeddedGraph.Bolt(
                    free.getLocalPort(), Base64.getUrlEncoder().withoutPadding().encodeToString(random));
        }
    }

    /** The graph of the server that runs on this data folder; null when none runs. */
    public static @Nullable Graph graph(Path data) {
        Serving serving = read(data);
        return serving == null ? null : serving.connect();
    }

    /** The server that runs on this data folder; null when none runs. */
    public static @Nullable Serving running(Path data) {
        Serving serving = read(data);
        if (serving == null) {
            return null;
        }
        if (serving.bolt == null) {
            boolean alive = ProcessHandle.of(serving.process).isPresent();
            return alive ? serving : null; // a killed engine leaves the file behind
        }
        try (Graph graph = serving.connect()) {
            return graph == null ? null : serving;
        }
    }

    /**
     * Asks the server for a consistent copy of all data.
     *
     * @return the folder with the copy; the caller removes it
     */
    public Path copy() throws InterruptedException {
        URI address = URI.create(page);
        String token = address.getFragment().substring("token=".length());
        HttpRequest request = HttpRequest.newBuilder(address.resolve("/api/copy"))
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            JsonNode told = JsonMapper.shared().readTree(answer.body());
            if (answer.statusCode() != 200) {
                throw new VaultException(
                        told.path("error")
                                .path("message")
                                .asString("`avatar serve` could not copy the data. Stop it and run the command again."),
                        null);
            }
            return Path.of(told.path("folder").asString());
        } catch (IOException | JacksonException e) {
            throw new VaultException("`avatar serve` does not answer. Stop it and run the command again.", e);
        }
    }

    private @Nullable Graph connect() {
        if (bolt == null) {
            return null; // the engine has the graph, and runs all commands
        }
        try {
            return BoltGraph.connect(URI.create(bolt), EmbeddedGraph.Bolt.USER, password);
        } catch (GraphException e) {
            return null; // a killed server left the file behind
        }
    }

    private static @Nullable Serving read(Path data) {
        try {
            Path file = data.resolve(FILE);
            return Files.exists(file) ? JsonMapper.shared().readValue(Files.readString(file), Serving.class) : null;
        } catch (IOException | JacksonException e) {
            return null; // a killed server wrote only part of the file
        }
    }

    /** Writes the file; closing the result deletes it. */
    public static Closeable tell(Path data, EmbeddedGraph.@Nullable Bolt bolt, String page) throws IOException {
        Path file = data.resolve(FILE);
        WholeFile.write(
                file,
                JsonMapper.shared()
                        .writeValueAsString(new Serving(
                                bolt == null ? null : "bolt://127.0.0.1:" + bolt.port(),
                                bolt == null ? "" : bolt.password(),
                                page,
                                ProcessHandle.current().pid())));
        return () -> Files.deleteIfExists(file);
    }
}
