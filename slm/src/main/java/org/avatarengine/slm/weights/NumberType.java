package org.avatarengine.slm.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** The number format of weights in a file. */
public enum NumberType {
    /** IEEE 754 binary32. */
    F32(4),
    /** IEEE 754 binary16. */
    F16(2),
    /** The upper half of a binary32. */
    BF16(2);

    private static final int CHUNK = 1 << 18;

    private final int bytes;

    NumberType(int bytes) {
        this.bytes = bytes;
    }

    public int bytes() {
        return bytes;
    }

    /** The type's name in safetensors files. */
    String tag() {
        return name();
    }

    /** The type of that name; null when it is not supported. */
    static @Nullable NumberType of(String tag) {
        for (NumberType type : values()) {
            if (type.tag().equals(tag)) {
                return type;
            }
        }
        return null;
    }

    void read(ByteBuffer in, float[] values, int from, int count) {
        for (int i = from; i < from + count; i++) {
            values[i] = switch (this) {
                case F32 -> in.getFloat();
                case F16 -> Float.float16ToFloat(in.getShort());
                case BF16 -> Float.intBitsToFloat(in.getShort() << 16);
            };
        }
    }

    /** Receives bytes as they are produced. */
    interface Sink {
        void take(ByteBuffer bytes) throws IOException;
    }

    void write(float[] values, Sink sink) throws IOException {
        ByteBuffer out = ByteBuffer.allocate(CHUNK * bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int done = 0; done < values.length; done += CHUNK) {
            out.clear();
            for (int i = done; i < Math.min(values.length, done + CHUNK); i++) {
                switch (this) {
                    case F32 -> out.putFloat(values[i]);
                    case F16 -> out.putShort(Float.floatToFloat16(values[i]));
                    case BF16 -> out.putShort(bfloat16(values[i]));
                }
            }
            sink.take(out.flip());
        }
    }

    /** Rounded to nearest, ties to even. */
    private static short bfloat16(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return (short) (bits >>> 16 | 0x40);
        }
        return (short) (bits + 0x7FFF + (bits >>> 16 & 1) >>> 16);
    }
}
