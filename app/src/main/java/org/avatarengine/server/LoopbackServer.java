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
 * A web server that only programs on this machine reach, and of them only those that know the token. A browser that was
 * led here by a foreign name (DNS rebinding) is turned away by the Host it asks for.
 */
public final class LoopbackServer implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final long LARGEST_REQUEST = 4_000_000;
    private static final JsonMapper JSON = new JsonMapper();

    /** Below this are the addresses of the page's own views. */
    static final String PAGE = "/p/";

    private static final System.Logger LOG = System.getLogger(LoopbackServer.class.getName());

    private final Javalin javalin;

    /** Nothing but the page's own files is loaded, nothing runs that is written in a text, and nobody frames the page. */
    private static final String CONTENT_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'"
                    + " data: blob:; font-src 'self'; connect-src 'self'; media-src 'self'; worker-src 'self'; base-uri 'none';"
                    + " form-action 'none'; frame-ancestors 'none'";

    /**
     * Starts.
     *
     * @param port 0 for any that is free
     * @throws ConfigException when the port is taken
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
                    tell(context, HttpStatus.NOT_FOUND, "not_found", "There is nothing at " + context.path() + ".");
                }
            });
            config.routes.exception(Exception.class, (e, context) -> {
                // Its message could quote what was asked or found.
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
            throw new ConfigException(
                    "Port " + port + " cannot be used: another program has it. Give another --port.", e);
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
            throw new Refusal(HttpStatus.FORBIDDEN, "host", "This server is reached as 127.0.0.1 only.");
        }
        String origin = context.header("Origin");
        if (origin != null && !origin.equals("http://" + host)) {
            throw new Refusal(HttpStatus.FORBIDDEN, "origin", "Pages of other servers may ask nothing here.");
        }
        if (!holdsData(context.path()) || ticketed(context, tickets)) {
            return;
        }
        String given = context.header("Authorization");
        if (given == null || !given.startsWith("Bearer ") || !token.matches(given.substring("Bearer ".length()))) {
            throw new Refusal(
                    HttpStatus.UNAUTHORIZED,
                    "invalid_api_key",
                    "The request needs the header Authorization: Bearer TOKEN, with the token that avatar serve names.");
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

    /** What went wrong, for people; what is none of their business is not told. */
    static String explain(Exception e) {
        return e instanceof Failure || e instanceof Refusal
                ? String.valueOf(e.getMessage())
                : "An error in the program itself. The terminal in which it runs shows more.";
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
