package org.avatarengine.server;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * A response of server-sent events.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">the format</a>
 */
public final class EventStream {
    private final OutputStream out;

    EventStream(Context context) {
        context.contentType("text/event-stream").header("Cache-Control", "no-store");
        try {
            // Javalin's own stream buffers the whole response and ignores flush.
            out = context.res().getOutputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Sends an event.
     *
     * @throws UncheckedIOException if the client has disconnected
     */
    public void send(String event, Object data) {
        write("event: " + event + "\ndata: " + Call.JSON.writeValueAsString(data) + "\n\n");
    }

    /** Sends an event with data but no name. */
    void data(String data) {
        write("data: " + data + "\n\n");
    }

    /** Sends a comment line, so that both sides notice a lost connection. */
    public void keepAlive() {
        write(": still here\n\n");
    }

    /** Synchronized, because work reports progress from several threads. */
    private synchronized void write(String text) {
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
