package org.avatarengine.server;

import io.javalin.Javalin;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Set;
import java.util.function.Consumer;
import org.avatarengine.failure.ConfigException;
import org.avatarengine.failure.Failure;
import tools.jackson.databind.json.JsonMapper;

/**
 * A web server that only programs on this machine reach, and of them only those that know the token. A browser that was
 * led here by a foreign name (DNS rebinding) is turned away by the Host it asks for.
 */
public final class LoopbackServer implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final long LARGEST_REQUEST = 4_000_000;
    private static final JsonMapper JSON = new JsonMapper();

    private final Javalin javalin;

    /** An answer other than the one that was hoped for. */
    static final class Refusal extends RuntimeException {
        private final HttpStatus status;
        private final String code;
        private final String text;

        Refusal(HttpStatus status, String code, String message) {
            super(message, null, false, false);
            this.status = status;
            this.code = code;
            this.text = message;
        }
    }

    /**
     * Starts.
     *
     * @param port 0 for any that is free
     * @throws ConfigException when the port is taken
     */
    public LoopbackServer(int port, AccessToken token, Consumer<RoutesConfig> routes) {
        javalin = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.http.maxRequestSize = LARGEST_REQUEST;
            config.routes.before(context -> admit(context, token));
            config.routes.exception(Refusal.class, (e, context) -> tell(context, e.status, e.code, e.text));
            config.routes.exception(
                    Failure.class,
                    (e, context) -> tell(context, HttpStatus.BAD_GATEWAY, "failed", String.valueOf(e.getMessage())));
            config.routes.error(404, context -> {
                if (context.attribute("told") == null) {
                    tell(context, HttpStatus.NOT_FOUND, "not_found", "There is nothing at " + context.path() + ".");
                }
            });
            routes.accept(config.routes);
        });
        try {
            javalin.start(HOST, port);
        } catch (RuntimeException e) {
            javalin.stop();
            throw new ConfigException(
                    "Port " + port + " cannot be used: another program has it. Give another --port.", e);
        }
    }

    private void admit(Context context, AccessToken token) {
        String host = context.host();
        Set<String> own = Set.of("127.0.0.1:" + port(), "localhost:" + port(), "[::1]:" + port());
        if (host == null || !own.contains(host)) {
            throw new Refusal(HttpStatus.FORBIDDEN, "host", "This server is reached as 127.0.0.1 only.");
        }
        String given = context.header("Authorization");
        if (given == null || !given.startsWith("Bearer ") || !token.matches(given.substring("Bearer ".length()))) {
            throw new Refusal(
                    HttpStatus.UNAUTHORIZED,
                    "invalid_api_key",
                    "The request needs the header Authorization: Bearer TOKEN, with the token that avatar serve names.");
        }
    }

    /** Tells an error in OpenAI's form. */
    private static void tell(Context context, HttpStatus status, String code, String message) {
        var root = JSON.createObjectNode();
        root.putObject("error")
                .put("message", message)
                .put("type", status.getCode() < 500 ? "invalid_request_error" : "api_error")
                .put("code", code);
        context.attribute("told", true);
        context.status(status).contentType("application/json").result(JSON.writeValueAsString(root));
    }

    public int port() {
        return javalin.port();
    }

    /** Where it is reached. */
    public String address() {
        return "http://" + HOST + ":" + port();
    }

    @Override
    public void close() {
        javalin.stop();
    }
}
