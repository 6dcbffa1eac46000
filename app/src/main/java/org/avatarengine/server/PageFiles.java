package org.avatarengine.server;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Serves the files of the page, which are part of the program. They contain no user data and need no token. */
public final class PageFiles {
    private static final String ROOT = "/org/avatarengine/page/";

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "woff2", "font/woff2",
            "json", "application/json");

    private PageFiles() {}

    public static void routes(RoutesConfig routes) {
        for (String path : List.of("/", LoopbackServer.PAGE + "*", "/assets/*", "/icon.svg")) {
            routes.get(path, PageFiles::answer);
        }
    }

    /** Sends a file. Any other path is a view of the page; its script chooses the view, so it gets index.html. */
    private static void answer(Context context) throws IOException {
        String path = context.path().substring(1);
        // The names of built files contain a digest of their content, so browsers can cache them forever.
        boolean asset = path.matches("assets/[A-Za-z0-9_.-]+");
        byte[] content = read(asset || path.equals("icon.svg") ? path : "index.html");
        if (content == null) {
            if (asset) {
                throw Refusal.missing("Nothing found at " + context.path() + ".");
            }
            throw Refusal.missing("This build does not contain the page. Install npm and build the program again.");
        }
        context.header("Cache-Control", asset ? "public, max-age=31536000, immutable" : "no-cache")
                .contentType(type(asset || path.equals("icon.svg") ? path : "index.html"))
                .result(content);
    }

    private static String type(String path) {
        return TYPES.getOrDefault(path.substring(path.lastIndexOf('.') + 1), "application/octet-stream");
    }

    private static byte @Nullable [] read(String path) throws IOException {
        try (InputStream in = PageFiles.class.getResourceAsStream(ROOT + path)) {
            return in == null ? null : in.readAllBytes();
        }
    }
}
