package org.avatarengine.app.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.avatarengine.client.Frame;
import org.avatarengine.client.Wire;

/** A standard stream of a client. What is written goes out at once; it waits until the client has received it. */
class FrameOutput extends OutputStream {
    private final Wire wire;
    private final Frame.Kind kind;

    FrameOutput(Wire wire, Frame.Kind kind) {
        this.wire = wire;
        this.kind = kind;
    }

    @Override
    public void write(int b) throws IOException {
        wire.send(Frame.of(kind, b));
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        wire.send(new Frame(kind, Arrays.copyOfRange(bytes, offset, offset + length)));
    }
}
