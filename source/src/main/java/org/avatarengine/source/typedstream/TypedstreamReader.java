package org.avatarengine.source.typedstream;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a typedstream as a graph of objects.
 *
 * <p>Every length is checked against the rest of the input before memory is allocated, references may only point
 * backwards, and nesting is limited. Time and memory are therefore linear in the input size for any input. After a
 * failure {@link #root()} returns everything read so far.
 */
public final class TypedstreamReader {
    /** Deeper nesting means damage: attributed strings have about six levels. */
    private static final int MAX_DEPTH = 200;

    private static final int TAG_INT16 = -127;
    private static final int TAG_INT32 = -126;
    private static final int TAG_REAL = -125;
    private static final int TAG_NEW = -124;
    private static final int TAG_NIL = -123;
    private static final int TAG_END = -122;
    private static final int TAG_INT64 = -121;

    /** The first value that is not a tag; a reference to entry n of a table is written as the integer n - 110. */
    private static final int FIRST_REFERENCE = -110;

    private final byte[] in;
    private int at;
    private int depth;
    private boolean bigEndian;
    private final ArrayList<byte[]> strings = new ArrayList<>(16);
    private final ArrayList<Object> shared = new ArrayList<>(16);
    private @Nullable ArchivedObject root;

    public TypedstreamReader(byte[] stream) {
        this.in = stream;
    }

    /** The first object of the stream, as far as it has been read; null before that. */
    public @Nullable ArchivedObject root() {
        return root;
    }

    /**
     * Reads the stream's first object.
     *
     * @throws TypedstreamException when the stream is damaged or ends early
     */
    public ArchivedObject read() throws TypedstreamException {
        header();
        byte[] type = sharedString(head());
        if (type == null || type.length != 1 || type[0] != '@') {
            throw broken("the stream does not start with an object");
        }
        Object first = object();
        if (first instanceof ArchivedObject object) {
            return object;
        }
        throw broken("the object of the stream is nil");
    }

    private void header() throws TypedstreamException {
        int version = head();
        int length = head();
        if (version != 4 || length != 11 || in.length < 2 + length) {
            throw broken("not a typedstream");
        }
        String signature = new String(in, at, length, StandardCharsets.US_ASCII);
        at += length;
        switch (signature) {
            case "streamtyped" -> bigEndian = false;
            case "typedstream" -> bigEndian = true;
            default -> throw broken("not a typedstream");
        }
        integer(head()); // the system version of the writer
    }

    private int head() throws TypedstreamException {
        if (at >= in.length) {
            throw broken("unexpected end");
        }
        return in[at++];
    }

    private long integer(int head) throws TypedstreamException {
        return switch (head) {
            case TAG_INT16 -> (short) bytes(2);
            case TAG_INT32 -> (int) bytes(4);
            case TAG_INT64 -> bytes(8);
            default -> {
                if (head < FIRST_REFERENCE) {
                    throw broken("an integer was expected");
                }
                yield head;
            }
        };
    }

    /** A length or count. It is never negative, although a short one may be written with its highest bit set. */
    private int length(int unit) throws TypedstreamException {
        int head = head();
        long n = switch (head) {
            case TAG_INT16 -> bytes(2);
            case TAG_INT32 -> bytes(4);
            case TAG_INT64 -> bytes(8);
            default -> integer(head);
        };
        if (n < 0 || n > in.length || n * unit > in.length - at) {
            throw broken("a length runs past the end");
        }
        return (int) n;
    }

    private long bytes(int count) throws TypedstreamException {
        if (in.length - at < count) {
            throw broken("unexpected end");
        }
        long value = 0;
        for (int i = 0; i < count; i++) {
            int shift = 8 * (bigEndian ? count - 1 - i : i);
            value |= (in[at + i] & 0xFFL) << shift;
        }
        at += count;
        return value;
    }

    private byte[] raw(int length) {
        byte[] slice = Arrays.copyOfRange(in, at, at + length);
        at += length;
        return slice;
    }

    private int reference(int head, int tableSize) throws TypedstreamException {
        long n = integer(head) - FIRST_REFERENCE;
        if (n < 0 || n >= tableSize) {
            throw broken("a reference points to a missing entry");
        }
        return (int) n;
    }

    private byte @Nullable [] sharedString(int head) throws TypedstreamException {
        if (head == TAG_NIL) {
            return null;
        }
        if (head == TAG_NEW) {
            byte[] string = raw(length(1));
            strings.add(string);
            return string;
        }
        return strings.get(reference(head, strings.size()));
    }

    private @Nullable Object object() throws TypedstreamException {
        int head = head();
        if (head == TAG_NIL) {
            return null;
        }
        if (head != TAG_NEW) {
            return shared.get(reference(head, shared.size()));
        }
        ArchivedObject object = new ArchivedObject();
        shared.add(object);
        if (root == null) {
            root = object;
        }
        deeper();
        object.type(archivedClass());
        for (int next = head(); next != TAG_END; next = head()) {
            values(sharedString(next), object);
        }
        depth--;
        return object;
    }

    private @Nullable ArchivedClass archivedClass() throws TypedstreamException {
        int head = head();
        if (head == TAG_NIL) {
            return null;
        }
        if (head != TAG_NEW) {
            if (shared.get(reference(head, shared.size())) instanceof ArchivedClass known) {
                return known;
            }
            throw broken("a class was expected");
        }
        byte[] name = sharedString(head());
        if (name == null) {
            throw broken("a class has no name");
        }
        long version = integer(head());
        // The class is entered in the table before its superclass.
        int index = shared.size();
        ArchivedClass unfinished = new ArchivedClass(string(name), version, null);
        shared.add(unfinished);
        deeper();
        ArchivedClass superclass = archivedClass();
        depth--;
        if (superclass == null) {
            return unfinished;
        }
        ArchivedClass whole = new ArchivedClass(unfinished.name(), version, superclass);
        shared.set(index, whole);
        return whole;
    }

    /** Reads one value for each type named in an encoding such as {@code iI} or {@code @}. */
    private void values(byte @Nullable [] encoding, ArchivedObject into) throws TypedstreamException {
        if (encoding == null) {
            throw broken("a value has no type");
        }
        for (int i = 0; i < encoding.length; ) {
            int end = endOfType(encoding, i);
            into.add(value(encoding, i, end));
            i = end;
        }
    }

    private @Nullable Object value(byte[] encoding, int from, int to) throws TypedstreamException {
        return switch (encoding[from]) {
            case '@' -> object();
            case '#' -> archivedClass();
            case '+' -> unsharedString();
            case '*' -> cString();
            case '%', ':' -> {
                byte[] name = sharedString(head());
                yield name == null ? null : string(name);
            }
            case 'c' -> (long) head();
            case 'C', 'B' -> head() & 0xFFL;
            case 'S' -> integer(head()) & 0xFFFFL;
            case 'I', 'L' -> {
                int head = head();
                yield head == TAG_INT64 ? bytes(8) : integer(head) & 0xFFFFFFFFL;
            }
            case 's', 'i', 'l', 'q', 'Q' -> integer(head());
            case 'f' -> real(4);
            case 'd' -> real(8);
            case '[' -> array(encoding, from, to);
            case '{' -> struct(encoding, from, to);
            default -> throw broken("a value has an unknown type");
        };
    }

    private byte @Nullable [] unsharedString() throws TypedstreamException {
        if (at < in.length && in[at] == TAG_NIL) {
            at++;
            return null;
        }
        return raw(length(1));
    }

    private @Nullable Object cString() throws TypedstreamException {
        int head = head();
        if (head == TAG_NIL) {
            return null;
        }
        if (head != TAG_NEW) {
            return shared.get(reference(head, shared.size()));
        }
        byte[] bytes = sharedString(head());
        String text = bytes == null ? "" : string(bytes);
        shared.add(text);
        return text;
    }

    private Object real(int size) throws TypedstreamException {
        int head = head();
        if (head != TAG_REAL) {
            return (double) integer(head);
        }
        return size == 4
                ? (Object) (double) Float.intBitsToFloat((int) bytes(4))
                : (Object) Double.longBitsToDouble(bytes(8));
    }

    private Object array(byte[] encoding, int from, int to) throws TypedstreamException {
        int i = from + 1;
        long count = 0;
        while (i < to && encoding[i] >= '0' && encoding[i] <= '9' && count <= in.length) {
            count = count * 10 + encoding[i++] - '0';
        }
        if (count > in.length - at) {
            throw broken("an array runs past the end");
        }
        if (i < to && (encoding[i] == 'c' || encoding[i] == 'C')) {
            return raw((int) count);
        }
        deeper();
        List<@Nullable Object> items = new ArrayList<>();
        int end = endOfType(encoding, i);
        for (long n = 0; n < count; n++) {
            items.add(value(encoding, i, end));
        }
        depth--;
        return items;
    }

    private Object struct(byte[] encoding, int from, int to) throws TypedstreamException {
        int i = from + 1;
        while (i < to - 1 && encoding[i] != '=') {
            i++;
        }
        i++; // skips the '=' after the struct's name
        deeper();
        List<@Nullable Object> fields = new ArrayList<>();
        while (i < to - 1) {
            int end = endOfType(encoding, i);
            fields.add(value(encoding, i, end));
            i = end;
        }
        depth--;
        return fields;
    }

    private int endOfType(byte[] encoding, int from) throws TypedstreamException {
        if (from >= encoding.length) {
            throw broken("a type is incomplete");
        }
        byte open = encoding[from];
        if (open != '[' && open != '{') {
            return from + 1;
        }
        byte close = (byte) (open == '[' ? ']' : '}');
        int nested = 0;
        for (int i = from; i < encoding.length; i++) {
            if (encoding[i] == open) {
                nested++;
            } else if (encoding[i] == close && --nested == 0) {
                return i + 1;
            }
        }
        throw broken("a type is incomplete");
    }

    private void deeper() throws TypedstreamException {
        if (++depth > MAX_DEPTH) {
            throw broken("nested too deeply");
        }
    }

    private static String string(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private TypedstreamException broken(String what) {
        return new TypedstreamException(what, at);
    }
}
