package org.avatarengine.server;

import io.javalin.http.Context;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A request to an {@link Endpoint}. Its methods validate parameters and throw a {@link Refusal} for invalid ones. */
public final class Call {
    static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private final Context context;

    Call(Context context) {
        this.context = context;
    }

    /** A required parameter. */
    public String text(String name) {
        String value = optional(name);
        if (value == null) {
            throw Refusal.wrong("The parameter \"" + name + "\" is missing.");
        }
        return value;
    }

    /** An optional parameter; null if it is missing or blank. */
    public @Nullable String optional(String name) {
        String value = context.queryParam(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    /** All values of a parameter that can be repeated. */
    public List<String> texts(String name) {
        return context.queryParams(name);
    }

    /** A whole number from {@code least} to {@code most}; {@code otherwise} if it is missing. */
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
            // reported below
        }
        throw Refusal.wrong("The parameter \"" + name + "\" must be a whole number from " + least + " to " + most
                + ", not \"" + value + "\".");
    }

    /** A constant of an enum, in upper or lower case; {@code otherwise} if it is missing. */
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
                        Refusal.wrong("The parameter \"" + name + "\" must be one of " + Arrays.toString(all) + "."));
    }

    /** The body, parsed as JSON of the given type. */
    public <T> T body(Class<T> type) {
        try {
            T body = JSON.readValue(context.body(), type);
            if (body == null) {
                throw Refusal.wrong("The request has no body.");
            }
            return body;
        } catch (JacksonException e) {
            String where =
                    e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")";
            throw Refusal.wrong("The request body does not have the expected JSON format" + where + ".");
        }
    }

    /** Starts a response of server-sent events. */
    EventStream events() {
        return new EventStream(context);
    }

    Context context() {
        return context;
    }
}
