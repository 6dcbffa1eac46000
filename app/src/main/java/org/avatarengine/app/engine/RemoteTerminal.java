package org.avatarengine.app.engine;

import java.io.BufferedReader;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.avatarengine.app.print.UserTerminal;
import org.avatarengine.client.Frame;
import org.avatarengine.client.Frame.Kind;
import org.avatarengine.client.Greeting;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/** The terminal of a client. */
final class RemoteTerminal implements UserTerminal {
    private static final Pattern SIZE = Pattern.compile("([1-9]\\d{0,3}) ([1-9]\\d{0,3})");

    private final Session session;
    private final Greeting greeting;
    private final BufferedReader input;

    RemoteTerminal(Session session, Greeting greeting) {
        this.session = session;
        this.greeting = greeting;
        this.input = new BufferedReader(new InputStreamReader(new Input(), StandardCharsets.UTF_8));
    }

    /** The client's standard input. It is asked for only when somebody reads it. */
    private final class Input extends InputStream {
        private byte[] block = {};
        private int next;
        private boolean ended;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (next == block.length && !ended) {
                Frame answer = session.ask(Frame.of(Kind.ASK_INPUT, 0));
                block = answer.kind() == Kind.INPUT ? answer.content() : new byte[0];
                next = 0;
                ended = block.length == 0;
            }
            if (ended) {
                return -1;
            }
            int count = Math.min(length, block.length - next);
            System.arraycopy(block, next, into, offset, count);
            next += count;
            return count;
        }

        @Override
        public int available() {
            return block.length - next;
        }
    }

    @Override
    public boolean isInteractive() {
        return greeting.terminal();
    }

    /** The rules of <a href="https://no-color.org">no-color.org</a> and <a href="https://bixense.com/clicolors">CLICOLOR</a>. */
    @Override
    public boolean isColored() {
        Map<String, String> environment = greeting.environment();
        if (!environment.getOrDefault("CLICOLOR_FORCE", "0").equals("0")) {
            return true;
        }
        boolean unwanted = environment.containsKey("NO_COLOR")
                || environment.getOrDefault("CLICOLOR", "1").equals("0");
        return greeting.terminal() && !unwanted && environment.containsKey("TERM");
    }

    @Override
    public @Nullable String ask(String prompt) {
        if (!isInteractive()) {
            return null;
        }
        try {
            session.tell(Frame.of(Kind.OUT, prompt));
            return input.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public char @Nullable [] askSecret(String prompt) {
        if (!isInteractive()) {
            return null;
        }
        try {
            Frame answer = session.ask(Frame.of(Kind.ASK_SECRET, prompt));
            return answer.kind() == Kind.SECRET ? answer.text().toCharArray() : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public BufferedReader input() {
        return input;
    }

    private static Size size(String rowsAndColumns) {
        Matcher known = SIZE.matcher(rowsAndColumns);
        return known.matches()
                ? new Size(Integer.parseInt(known.group(2)), Integer.parseInt(known.group(1)))
                : new Size(80, 24);
    }

    /** A terminal that gets each key. Its line discipline is here, in JLine. */
    @Override
    public Terminal forEditing() throws IOException {
        Size size = size(session.ask(Frame.of(Kind.KEYS, 1)).text());
        OutputStream out = new FilterOutputStream(session.output(Kind.OUT)) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
            }

            @Override
            public void close() throws IOException {
                session.tell(Frame.of(Kind.KEYS, 0));
            }
        };
        return TerminalBuilder.builder()
                .system(false)
                .streams(new Input(), out)
                .type(greeting.environment().getOrDefault("TERM", "dumb"))
                .size(size)
                .encoding(StandardCharsets.UTF_8)
                .build();
    }
}
