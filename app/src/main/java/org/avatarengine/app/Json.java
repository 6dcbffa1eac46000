package org.avatarengine.app;

import java.io.PrintWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON as the commands print it: indented, times as ISO 8601. */
final class Json {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private static final JsonMapper LINES = JsonMapper.builder().build();

    private Json() {}

    /** On one line, for outputs of many values (JSON Lines). */
    static void line(PrintWriter out, Object value) {
        out.println(oneLine(value));
        out.flush();
    }

    static String oneLine(Object value) {
        return LINES.writeValueAsString(value);
    }

    static String text(Object value) {
        return MAPPER.writeValueAsString(value) + "\n";
    }

    static void print(PrintWriter out, Object value) {
        out.println(MAPPER.writeValueAsString(value));
        out.flush();
    }
}
