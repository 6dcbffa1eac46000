package org.avatarengine.client;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Sends and receives frames: a byte with the kind, four bytes with the length of the content (big-endian), and the
 * content. One thread receives; any thread sends.
 */
public final class Wire implements AutoCloseable {
    /** The maximum length of a content, in bytes. */
    public static final int LARGEST = 1 << 22;

    private static final Frame.Kind[] KINDS = Frame.Kind.values();

    private final SocketChannel channel;
    private final DataInputStream in;

    public Wire(SocketChannel channel) {
        this.channel = channel;
        this.in = new DataInputStream(Channels.newInputStream(channel));
    }

    /** Sends a frame. It waits while the other side does not receive. */
    public void send(Frame frame) throws IOException {
        byte[] content = frame.content();
        ByteBuffer whole = ByteBuffer.allocate(5 + content.length)
                .put((byte) frame.kind().ordinal())
                .putInt(content.length)
                .put(content)
                .flip();
        synchronized (this) {
            while (whole.hasRemaining()) {
                channel.write(whole);
            }
        }
    }

    /**
     * Receives the next frame; null when the other side has ended.
     *
     * @throws IOException if the other side speaks another protocol, or the connection breaks
     */
    public @Nullable Frame receive() throws IOException {
        int kind = in.read();
        if (kind < 0) {
            return null;
        }
        if (kind >= KINDS.length) {
            throw new IOException("unknown kind of frame: " + kind);
        }
        int length = in.readInt();
        if (length < 0 || length > LARGEST) {
            throw new IOException("a frame of " + length + " bytes is too long");
        }
        byte[] content = in.readNBytes(length);
        if (content.length < length) {
            throw new EOFException("the other side ended within a frame");
        }
        return new Frame(KINDS[kind], content);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** A growing list of values, for contents that have several. */
    static final class Values {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final DataOutputStream out = new DataOutputStream(bytes);

        Values text(String text) throws IOException {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            out.writeInt(utf8.length);
            out.write(utf8);
            return this;
        }

        Values number(int number) throws IOException {
            out.writeInt(number);
            return this;
        }

        byte[] bytes() {
            return bytes.toByteArray();
        }
    }
}
