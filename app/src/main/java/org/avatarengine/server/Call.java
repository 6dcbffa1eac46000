package org.avatarengine.server;

import io.javalin.http.Context;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A request to an {@link Endpoint}, with its parameters read and checked. */
public final class Call {
    static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private final Context context;

    Call(Context context) {
        this.context = context;
    }

    /** A parameter that has to be there. */
    public String text(String name) {
        String value = optional(name);
        if (value == null) {
            throw Refusal.wrong("The parameter \"" + name + "\" is missing.");
        }
        return value;
    }

    /** A parameter that may be left out; an empty one is none. */
    public @Nullable String optional(String name) {
        String value = context.queryParam(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    /** All values of a parameter. */
    public List<String> texts(String name) {
        return context.queryParams(name);
    }

    /** A whole number from {@code least} to {@code most}. */
    public int number(String name, int otherwise, int least, int most) {
        String value = optional(name);
        if (value == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw Refusal.wrong("The parameter \"" + name + "\" has to be a whole number from " + least + " to " + most
                + ", not \"" + value + "\".");
    }

    /** One of the names of an enum. */
    public <E extends Enum<E>> E choice(String name, E otherwise) {
        String value = optional(name);
        if (value == null) {
            return otherwise;
        }
        E[] all = otherwise.getDeclaringClass().getEnumConstants();
        return Arrays.stream(all)
                .filter(one -> one.name().equalsIgnoreCase(value))
                .findFirst()
                .orElseThrow(() ->
                        Refusal.wrong("The parameter \"" + name + "\" has to be one of " + Arrays.toString(all) + "."));
    }

    /** The body, which has to be JSON of this form. */
    public <T> T body(Class<T> type) {
        try {
            T body = JSON.readValue(context.body(), type);
            if (body == null) {
                throw Refusal.wrong("The request has no body.");
            }
            return body;
        } catch (JacksonException e) {
            String where =
                    e.getLocation() == null ? "" : " in line " + e.getLocation().getLineNr();
            throw Refusal.wrong("The request's body is not JSON of the form that is expected" + where + ".");
        }
    }

    /** Answers with events as they come. */
    EventStream events() {
        return new EventStream(context);
    }

    Context context() {
        return context;
    }
}
