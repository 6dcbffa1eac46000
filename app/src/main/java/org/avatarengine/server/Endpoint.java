package org.avatarengine.server;

import io.javalin.http.HandlerType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An endpoint of the API: its method, path, parameters, body and response. */
public final class Endpoint {
    /** How the server responds. */
    sealed interface Handling {
        /** With one value as JSON. */
        record Value(Function<Call, ?> handler) implements Handling {}

        /** With server-sent events. */
        record Events(BiConsumer<Call, EventStream> handler) implements Handling {}

        /** With a file or a range of it. */
        record Content(Function<Call, FileAnswer> handler) implements Handling {}
    }

    /** A file to send, with its media type. */
    public record FileAnswer(java.nio.file.Path file, String type) {}

    /** A query parameter. */
    record Parameter(String name, String meaning, boolean required, Class<?> type) {}

    final HandlerType method;
    final String path;
    final String meaning;
    final List<Parameter> parameters = new ArrayList<>();

    @Nullable
    Type body;

    @Nullable
    Type answer;

    @Nullable
    Handling handling;

    Endpoint(HandlerType method, String path, String meaning) {
        this.method = method;
        this.path = path;
        this.meaning = meaning;
    }

    /** Declares a required query parameter. */
    public Endpoint needs(String name, String what) {
        parameters.add(new Parameter(name, what, true, String.class));
        return this;
    }

    /** Declares an optional query parameter: a text, a number or a constant of an enum. */
    public Endpoint takes(String name, Class<?> type, String what) {
        parameters.add(new Parameter(name, what, false, type));
        return this;
    }

    /** Declares a JSON body. */
    public Endpoint body(Class<?> type) {
        body = type;
        return this;
    }

    /** Responds with a value. */
    public <T> void answers(Class<T> type, Function<Call, T> handler) {
        answer = type;
        handling = new Handling.Value(handler);
    }

    /** Responds with a list; {@code type} is the type of its elements. */
    public <T> void answersList(Class<T> type, Function<Call, List<T>> handler) {
        answer = new Api.ListOf(type);
        handling = new Handling.Value(handler);
    }

    /** Responds with events whose data have the given type. */
    public void streams(Class<?> type, BiConsumer<Call, EventStream> handler) {
        answer = type;
        handling = new Handling.Events(handler);
    }

    /** Responds with a file; clients can request a range. */
    public void file(Function<Call, FileAnswer> handler) {
        handling = new Handling.Content(handler);
    }
}
