package org.avatarengine.demo;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes attributed strings like NSArchiver: little-endian, each string and class once, with references afterwards.
 * {@code docs/typedstream.md} explains the format.
 */
public final class TypedstreamWriter {
    private static final int NEW = 0x84;
    private static final int NIL = 0x85;
    private static final int END = 0x86;
    private static final int FIRST_REFERENCE = 0x92;

    /** A dictionary value that is archived as an NSURL. */
    public record Url(String text) {}

    /** A run of text (its length in UTF-16 code units) and its attributes: strings, longs, URLs or maps of them. */
    public record Run(int length, Map<String, Object> attributes) {}

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Map<String, Integer> strings = new HashMap<>();
    private final Map<String, Integer> classes = new HashMap<>();
    private final Map<String, Integer> keys = new HashMap<>();
    private int objects;

    private TypedstreamWriter() {}

    /** Archives text as one run that is part 0 of its message, the form of most messages. */
    public static byte[] plain(String text) {
        return attributed(text, List.of(new Run(text.length(), Map.of("__kIMMessagePartAttributeName", 0L))));
    }

    /** Archives text with attributes. */
    public static byte[] attributed(String text, List<Run> runs) {
        TypedstreamWriter writer = new TypedstreamWriter();
        writer.header();
        writer.attributedString(text, runs);
        return writer.out.toByteArray();
    }

    private void header() {
        out.write(4);
        byte[] signature = "streamtyped".getBytes(StandardCharsets.US_ASCII);
        out.write(signature.length);
        out.writeBytes(signature);
        integer(1000);
    }

    private void attributedString(String text, List<Run> runs) {
        type("@");
        begin("NSAttributedString", "NSObject");
        type("@");
        string(text);
        Map<Map<String, Object>, Integer> numbers = new LinkedHashMap<>();
        for (Run run : runs) {
            Integer known = numbers.get(run.attributes());
            int number = known != null ? known : numbers.size() + 1;
            type("iI");
            integer(number);
            integer(run.length());
            if (known == null) {
                numbers.put(run.attributes(), number);
                type("@");
                dictionary(run.attributes());
            }
        }
        out.write(END);
    }

    private void dictionary(Map<?, ?> entries) {
        begin("NSDictionary", "NSObject");
        type("i");
        integer(entries.size());
        List<Map.Entry<?, ?>> sorted = new ArrayList<>(entries.entrySet());
        sorted.sort(Comparator.comparing(entry -> entry.getKey().toString()));
        for (Map.Entry<?, ?> entry : sorted) {
            type("@");
            key(entry.getKey().toString());
            type("@");
            value(entry.getValue());
        }
        out.write(END);
    }

    private void value(Object value) {
        switch (value) {
            case Long number -> number(number);
            case String text -> string(text);
            case Url url -> {
                begin("NSURL", "NSObject");
                type("c");
                out.write(0);
                type("@");
                string(url.text());
                out.write(END);
            }
            case Map<?, ?> map -> dictionary(map);
            default -> throw new IllegalArgumentException("Cannot archive a " + value.getClass());
        }
    }

    /** In Messages an attribute's name is one constant object, so later uses are references. */
    private void key(String name) {
        Integer known = keys.get(name);
        if (known != null) {
            reference(known);
        } else {
            keys.put(name, objects);
            string(name);
        }
    }

    private void string(String text) {
        begin("NSString", "NSObject");
        type("+");
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        integer(utf8.length);
        out.writeBytes(utf8);
        out.write(END);
    }

    private void number(long value) {
        begin("NSNumber", "NSValue", "NSObject");
        type("*");
        String encoding = value == (int) value ? "i" : "q";
        // The type is a new C string object that contains a shared string.
        out.write(NEW);
        objects++;
        type(encoding);
        type(encoding);
        integer(value);
        out.write(END);
    }

    private void begin(String... chain) {
        out.write(NEW);
        objects++;
        for (String name : chain) {
            Integer known = classes.get(name);
            if (known != null) {
                reference(known);
                return;
            }
            out.write(NEW);
            classes.put(name, objects++);
            type(name);
            integer(name.equals("NSString") ? 1 : 0);
        }
        out.write(NIL);
    }

    /** A shared string: the encoding of a type, or the name of a class. */
    private void type(String text) {
        Integer known = strings.get(text);
        if (known != null) {
            reference(known);
            return;
        }
        strings.put(text, strings.size());
        out.write(NEW);
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        integer(ascii.length);
        out.writeBytes(ascii);
    }

    private void reference(int index) {
        integer((byte) FIRST_REFERENCE + index);
    }

    /** Small integers take one byte. Larger ones, and those that look like a tag, take two or four. */
    private void integer(long value) {
        if (value >= (byte) FIRST_REFERENCE && value <= 127) {
            out.write((int) value);
        } else if (value >= Short.MIN_VALUE && value <= 0xFFFF) {
            out.write(0x81);
            out.write((int) value);
            out.write((int) value >> 8);
        } else {
            out.write(0x82);
            for (int shift = 0; shift < 32; shift += 8) {
                out.write((int) (value >> shift));
            }
        }
    }
}
