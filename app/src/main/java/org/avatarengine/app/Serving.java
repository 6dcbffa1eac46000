package org.avatarengine.app;

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
import org.avatarengine.graph.BoltGraph;
import org.avatarengine.graph.EmbeddedGraph;
import org.avatarengine.graph.Graph;
import org.avatarengine.vault.PrivateFiles;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.AuthTokens;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells other commands how to reach the graph that {@code avatar serve} holds, by a file that only its owner can read. The
 * password is made anew each time, and the file is gone when the server is.
 */
record Serving(String bolt, String password, String page) {
    private static final String FILE = "serving.json";
    private static final int PASSWORD_BYTES = 24;

    /** A free port, and a password that nobody knows yet. */
    static EmbeddedGraph.Bolt fresh() throws IOException {
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new EmbeddedGraph.Bolt(
                    free.getLocalPort(), Base64.getUrlEncoder().withoutPadding().encodeToString(random));
        }
    }

    /** The graph of a server that runs on this folder; null when none does. */
    static @Nullable Graph graph(Path data) {
        Serving serving = read(data);
        return serving == null ? null : serving.connect();
    }

    /** What a server that runs on this folder told; null when none does. */
    static @Nullable Serving running(Path data) {
        Serving serving = read(data);
        if (serving == null) {
            return null;
        }
        try (Graph graph = serving.connect()) {
            return graph == null ? null : serving;
        }
    }

    /**
     * Has the server copy all data as it is at one moment.
     *
     * @return the folder with the copy, which is to be removed
     */
    Path copy() throws InterruptedException {
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
                throw new VaultException(told.path("error").path("message").asString("It could not be copied."), null);
            }
            return Path.of(told.path("folder").asString());
        } catch (IOException | JacksonException e) {
            throw new VaultException("avatar serve does not answer. Stop it, and make the backup then.", e);
        }
    }

    private @Nullable Graph connect() {
        try {
            return BoltGraph.connect(URI.create(bolt), AuthTokens.basic(EmbeddedGraph.Bolt.USER, password));
        } catch (GraphException e) {
            return null; // the file is what is left of a server that was killed
        }
    }

    private static @Nullable Serving read(Path data) {
        try {
            Path file = data.resolve(FILE);
            return Files.exists(file) ? JsonMapper.shared().readValue(Files.readString(file), Serving.class) : null;
        } catch (IOException | JacksonException e) {
            return null; // written half by a server that was killed
        }
    }

    /** Tells it until this is closed. */
    static Closeable tell(Path data, EmbeddedGraph.Bolt bolt, String page) throws IOException {
        Path file = data.resolve(FILE);
        PrivateFiles.write(
                file,
                JsonMapper.shared()
                        .writeValueAsString(new Serving("bolt://127.0.0.1:" + bolt.port(), bolt.password(), page)));
        return () -> Files.deleteIfExists(file);
    }
}
