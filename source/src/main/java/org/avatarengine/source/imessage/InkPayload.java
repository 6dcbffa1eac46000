package org.avatarengine.source.imessage;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Handwriting and Digital Touch drawings. Their payloads are protocol buffers without a published schema. The field
 * numbers were found by the imessage-exporter project; {@code docs/imessage.md} lists them.
 *
 * @param form the kind of drawing, such as "heartbeat" or "handwriting"
 * @param strokes the number of strokes; null when there are none
 * @param problem why it could not be read in full, or null when it was
 */
record InkPayload(
        String form, @Nullable Integer strokes, @Nullable String problem) {
    private static final int HANDWRITING_DRAWING = 4;
    private static final int DRAWING_STROKES = 4;
    private static final int TOUCH_KIND = 1;
    private static final int TOUCH_PAYLOAD = 3;
    private static final int SKETCH_STROKES = 1;
    private static final int SKETCH = 4;

    static InkPayload handwriting(byte[] payload) {
        try {
            byte[] drawing = bytesField(payload, HANDWRITING_DRAWING);
            if (drawing == null) {
                return new InkPayload("handwriting", null, "the handwriting has no drawing");
            }
            return new InkPayload("handwriting", count(drawing, DRAWING_STROKES), null);
        } catch (IOException | RuntimeException e) {
            return new InkPayload("handwriting", null, "the handwriting is damaged");
        }
    }

    static InkPayload digitalTouch(byte[] payload) {
        try {
            Integer kind = count(payload, TOUCH_KIND);
            String form = switch (kind == null ? 0 : kind) {
                case 1 -> "tap";
                case 3 -> "heartbeat";
                case SKETCH -> "sketch";
                case 7 -> "kiss";
                case 8 -> "fireball";
                default -> "digital touch";
            };
            byte[] content = bytesField(payload, TOUCH_PAYLOAD);
            Integer strokes = kind != null && kind == SKETCH && content != null ? count(content, SKETCH_STROKES) : null;
            return new InkPayload(form, strokes, content == null ? "the drawing has no content" : null);
        } catch (IOException | RuntimeException e) {
            return new InkPayload("digital touch", null, "the drawing is damaged");
        }
    }

    private static byte @Nullable [] bytesField(byte[] message, int field) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(message);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (WireFormat.getTagFieldNumber(tag) == field
                    && WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
                return in.readByteArray();
            }
            in.skipField(tag);
        }
        return null;
    }

    private static @Nullable Integer count(byte[] message, int field) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(message);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (WireFormat.getTagFieldNumber(tag) == field
                    && WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_VARINT) {
                long value = in.readInt64();
                return value >= 0 && value <= Integer.MAX_VALUE ? (int) value : null;
            }
            in.skipField(tag);
        }
        return null;
    }
}
