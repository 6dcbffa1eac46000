package org.avatarengine.app.print;

import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import org.avatarengine.usage.Usd;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;
import tools.jackson.databind.ser.std.ToStringSerializer;

/**
 * Prints JSON: indented, with times in ISO 8601 format, plain decimal numbers, paths as text, durations in seconds
 * and amounts of money in US dollars.
 */
public final class Json {
    private static final JsonMapper MAPPER =
            plain().enable(SerializationFeature.INDENT_OUTPUT).build();

    private static final JsonMapper LINES = plain().build();

    private Json() {}

    private static JsonMapper.Builder plain() {
        JsonFactory factory = JsonFactory.builder()
                .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                .addDecorator((unused, generator) -> new PlainNumbers(generator))
                .build();
        return JsonMapper.builder(factory)
                .addModule(new SimpleModule()
                        .addSerializer(Path.class, new ToStringSerializer(Path.class))
                        .addSerializer(Duration.class, new Seconds())
                        .addSerializer(Usd.class, new Dollars()));
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

    private static final class Seconds extends StdSerializer<Duration> {
        Seconds() {
            super(Duration.class);
        }

        @Override
        public void serialize(Duration duration, JsonGenerator out, SerializationContext context) {
            out.writeNumber(BigDecimal.valueOf(duration.toMillis(), 3));
        }
    }

    private static final class Dollars extends StdSerializer<Usd> {
        Dollars() {
            super(Usd.class);
        }

        @Override
        public void serialize(Usd amount, JsonGenerator out, SerializationContext context) {
            out.writeNumber(amount.dollars());
        }
    }
}
