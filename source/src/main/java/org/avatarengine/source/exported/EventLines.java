package org.avatarengine.source.exported;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.avatarengine.event.Event;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** The JSON form of events, one per line. {@code docs/formats.md} describes it. */
final class EventLines {
    /** The first line of an export: the format and the identifier of the data. */
    record Header(String format, String source) {
        static final String CURRENT = "avatar-engine-events/1";
    }

    static final JsonMapper JSON = JsonMapper.builder()
            .changeDefaultPropertyInclusion(
                    ignored -> JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private static final ObjectWriter WRITER = JSON.writerFor(Event.class);
    private static final ObjectReader READER = JSON.readerFor(Event.class);

    private EventLines() {}

    static String write(Event event) {
        return WRITER.writeValueAsString(event);
    }

    /** @throws JacksonException when the line is not an event */
    static Event read(String line) {
        return READER.readValue(line);
    }
}
