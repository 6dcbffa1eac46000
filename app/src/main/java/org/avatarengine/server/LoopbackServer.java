package org.avatarengine.server;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import java.util.Set;
import java.util.function.Consumer;
import org.avatarengine.failure.ConfigException;
import org.avatarengine.failure.Failure;
import tools.jackson.databind.json.JsonMapper;

/**
 * A web server that accepts connections from this computer only, and requests for data only with the token. It checks
 * the Host header to reject browsers that reach it under a foreign name (DNS rebinding).
 */
public final class LoopbackServer implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final long LARGEST_REQUEST = 4_000_000;
    private static final JsonMapper JSON = new JsonMapper();

    /** The path prefix of the page's views. */
    static final String PAGE = "/p/";

    private static final System.Logger LOG = System.getLogger(LoopbackServer.class.getName());

    private final Javalin javalin;

    /** Allows only the page's own files, no inline scripts, and no framing. */
    private static final String CONTENT_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'"
                    + " data: blob:; font-src 'self'; connect-src 'self'; media-src 'self'; worker-src 'self'; base-uri 'none';"
                    + " form-action 'none'; frame-ancestors 'none'";

    /**
     * Starts the server.
     *
     * @param port the port; 0 for any free port
     * @throws ConfigException if the port is in use
     */
    public LoopbackServer(int port, AccessToken token, Tickets tickets, Consumer<RoutesConfig> routes) {
        javalin = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.http.maxRequestSize = LARGEST_REQUEST;
            config.http.compressionStrategy = CompressionStrategy.NONE;
            config.routes.before(context -> admit(context, token, tickets));
            config.routes.exception(Refusal.class, (e, context) -> tell(context, e.status(), e.code(), e.text()));
            config.routes.exception(
                    Failure.class,
                    (e, context) -> tell(context, HttpStatus.BAD_GATEWAY, "failed", String.valueOf(e.getMessage())));
            config.routes.error(404, context -> {
                if (context.attribute("told") == null) {
                    tell(context, HttpStatus.NOT_FOUND, "not_found", "Nothing found at " + context.path() + ".");
                }
            });
            config.routes.exception(Exception.class, (e, context) -> {
                // The exception's message is not logged, because it could quote messages or names.
                LOG.log(
                        System.Logger.Level.ERROR,
                        "A request to {0} failed: {1} at {2}",
                        context.path(),
                        e.getClass().getName(),
                        e.getStackTrace().length == 0 ? "?" : e.getStackTrace()[0]);
                tell(context, HttpStatus.INTERNAL_SERVER_ERROR, "internal", explain(e));
            });
            routes.accept(config.routes);
        });
        try {
            javalin.start(HOST, port);
        } catch (RuntimeException e) {
            javalin.stop();
            throw new ConfigException("Port " + port + " is already in use. Choose another port with --port.", e);
        }
    }

    private void admit(Context context, AccessToken token, Tickets tickets) {
        context.header("Content-Security-Policy", CONTENT_POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .header("Cross-Origin-Opener-Policy", "same-origin")
                .header("Cross-Origin-Resource-Policy", "same-origin")
                .header("Cache-Control", "no-store");
        String host = context.host();
        Set<String> own = Set.of("127.0.0.1:" + port(), "localhost:" + port(), "[::1]:" + port());
        if (host == null || !own.contains(host)) {
            throw new Refusal(
                    HttpStatus.FORBIDDEN, "host", "Open this server as 127.0.0.1. Other host names are not allowed.");
        }
        String origin = context.header("Origin");
        if (origin != null && !origin.equals("http://" + host)) {
            throw new Refusal(HttpStatus.FORBIDDEN, "origin", "Requests from other websites are not allowed.");
        }
        if (!holdsData(context.path()) || ticketed(context, tickets)) {
            return;
        }
        String given = context.header("Authorization");
        if (given == null || !given.startsWith("Bearer ") || !token.matches(given.substring("Bearer ".length()))) {
            throw new Refusal(
                    HttpStatus.UNAUTHORIZED,
                    "invalid_api_key",
                    "The token is missing or wrong. Send the header `Authorization: Bearer TOKEN` with the token that"
                            + " `avatar serve` prints.");
        }
    }

    private static boolean holdsData(String path) {
        return !(path.equals("/") || path.startsWith("/assets/") || path.equals("/icon.svg") || path.startsWith(PAGE));
    }

    private static boolean ticketed(Context context, Tickets tickets) {
        String ticket = context.queryParam(Tickets.PARAMETER);
        return ticket != null
                && context.method() == HandlerType.GET
                && tickets.admits(context.path() + "?id=" + context.queryParam("id"), ticket);
    }

    /** The error message for the client. It hides internal errors, because they could quote messages or names. */
    static String explain(Exception e) {
        return e instanceof Failure || e instanceof Refusal
                ? String.valueOf(e.getMessage())
                : "Internal error. The terminal that runs `avatar serve` shows the details.";
    }

    /** Sends an error in the format of OpenAI's API. */
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

    /** The address of the server, such as {@code http://127.0.0.1:8756}. */
    public String address() {
        return "http://" + HOST + ":" + port();
    }

    @Override
    public void close() {
        javalin.stop();
    }
}
