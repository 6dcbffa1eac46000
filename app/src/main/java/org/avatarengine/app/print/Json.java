package org.avatarengine.app.print;

import java.io.PrintWriter;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Prints JSON: indented, with times in ISO 8601 format and decimal numbers without an exponent. */
public final class Json {
    private static final JsonMapper MAPPER =
            plain().enable(SerializationFeature.INDENT_OUTPUT).build();

    private static final JsonMapper LINES = plain().build();

    private Json() {}

    private static JsonMapper.Builder plain() {
        // 0E-12 is a valid number, but many programs that read JSON do not take it for zero.
        return JsonMapper.builder(JsonFactory.builder()
                .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                .build());
    }

    /** Prints one line, for output of many values (JSON Lines). */
    public static void line(PrintWriter out, Object value) {
        out.println(oneLine(value));
        out.flush();
    }

    public static String oneLine(Object value) {
        return LINES.writeValueAsString(value);
    }

    public static String text(Object value) {
        return MAPPER.writeValueAsString(value) + "\n";
    }

    public static void print(PrintWriter out, Object value) {
        out.println(MAPPER.writeValueAsString(value));
        out.flush();
    }
}
