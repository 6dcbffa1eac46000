package org.avatarengine.server;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * An answer of server-sent events.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">the format</a>
 */
public final class EventStream {
    private final OutputStream out;

    EventStream(Context context) {
        context.contentType("text/event-stream").header("Cache-Control", "no-store");
        try {
            // The stream that Javalin gives keeps what it is given until the end, and does not heed flush.
            out = context.res().getOutputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Sends an event.
     *
     * @throws UncheckedIOException when who asked has gone
     */
    public void send(String event, Object data) {
        write("event: " + event + "\ndata: " + Call.JSON.writeValueAsString(data) + "\n\n");
    }

    /** Sends an event without a name, whose data are these. */
    void data(String data) {
        write("data: " + data + "\n\n");
    }

    /** Sends a line that says nothing, so that both ends know that the other is there. */
    public void keepAlive() {
        write(": still here\n\n");
    }

    /** Work tells of itself from several threads. */
    private synchronized void write(String text) {
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
