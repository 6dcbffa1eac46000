package org.avatarengine.server;

import io.javalin.http.HandlerType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One thing that can be asked of the server: how, with what, and what comes back. It is served and described from this. */
public final class Endpoint {
    /** What answers. */
    sealed interface Handling {
        /** With one value, as JSON. */
        record Value(Function<Call, ?> handler) implements Handling {}

        /** With events as they come. */
        record Events(BiConsumer<Call, EventStream> handler) implements Handling {}

        /** With a part of a file. */
        record Content(Function<Call, FileAnswer> handler) implements Handling {}
    }

    /** A file to answer with. */
    public record FileAnswer(java.nio.file.Path file, String type) {}

    /** A parameter in the address. */
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

    /** It has a parameter that has to be given. */
    public Endpoint needs(String name, String what) {
        parameters.add(new Parameter(name, what, true, String.class));
        return this;
    }

    /** It has a parameter that may be given: a text, a number, or one of an enum. */
    public Endpoint takes(String name, Class<?> type, String what) {
        parameters.add(new Parameter(name, what, false, type));
        return this;
    }

    /** It takes a body in JSON. */
    public Endpoint body(Class<?> type) {
        body = type;
        return this;
    }

    /** It answers with a value. */
    public <T> void answers(Class<T> type, Function<Call, T> handler) {
        answer = type;
        handling = new Handling.Value(handler);
    }

    /** It answers with a value; {@code type} says of what class it is, where that is a list. */
    public <T> void answersList(Class<T> type, Function<Call, List<T>> handler) {
        answer = new Api.ListOf(type);
        handling = new Handling.Value(handler);
    }

    /** It answers with events, whose data are of the type given. */
    public void streams(Class<?> type, BiConsumer<Call, EventStream> handler) {
        answer = type;
        handling = new Handling.Events(handler);
    }

    /** It answers with a file, of which a part can be asked for. */
    public void file(Function<Call, FileAnswer> handler) {
        handling = new Handling.Content(handler);
    }
}
