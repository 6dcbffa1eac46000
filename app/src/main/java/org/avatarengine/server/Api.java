package org.avatarengine.server;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The list of all endpoints. Both the routes and the OpenAPI document are generated from it, so they always agree. */
public final class Api {
    /** The path of the OpenAPI document. */
    public static final String DESCRIPTION = "/api/openapi.json";

    private final List<Endpoint> endpoints = new ArrayList<>();
    private final Consumer<String> done;

    /** @param done receives the path of each successful request that changed or started something */
    public Api(Consumer<String> done) {
        this.done = done;
    }

    /** The type of a list, for the generated schema. */
    record ListOf(Class<?> element) implements ParameterizedType {
        @Override
        public Type[] getActualTypeArguments() {
            return new Type[] {element};
        }

        @Override
        public Type getRawType() {
            return List.class;
        }

        @Override
        public @Nullable Type getOwnerType() {
            return null;
        }
    }

    /** Adds an endpoint that only reads. */
    public Endpoint get(String path, String meaning) {
        return add(HandlerType.GET, path, meaning);
    }

    /** Adds an endpoint that changes or starts something. */
    public Endpoint post(String path, String meaning) {
        return add(HandlerType.POST, path, meaning);
    }

    private Endpoint add(HandlerType method, String path, String meaning) {
        Endpoint endpoint = new Endpoint(method, path, meaning);
        endpoints.add(endpoint);
        return endpoint;
    }

    /** The OpenAPI document, as JSON. */
    public String describe() {
        return OpenApi.of(endpoints);
    }

    /** Adds the routes of all endpoints. */
    public void routes(RoutesConfig routes) {
        for (Endpoint endpoint : endpoints) {
            routes.addHttpHandler(endpoint.method, endpoint.path, context -> {
                answer(endpoint, context);
                if (endpoint.method == HandlerType.POST) {
                    done.accept(endpoint.path);
                }
            });
        }
        String description = describe();
        routes.get(
                DESCRIPTION, context -> context.contentType("application/json").result(description));
    }

    private static void answer(Endpoint endpoint, Context context) throws IOException {
        Call call = new Call(context);
        switch (endpoint.handling) {
            case Endpoint.Handling.Value(var handler) -> {
                Object value = handler.apply(call);
                context.contentType("application/json").result(Call.JSON.writeValueAsBytes(value));
            }
            case Endpoint.Handling.Events(var handler) -> {
                EventStream events = call.events();
                try {
                    handler.accept(call, events);
                } catch (UncheckedIOException e) {
                    // The client has disconnected, so the error cannot be sent.
                } catch (RuntimeException e) {
                    events.send("problem", Map.of("message", LoopbackServer.explain(e)));
                }
            }
            case Endpoint.Handling.Content(var handler) -> {
                Endpoint.FileAnswer answer = handler.apply(call);
                context.writeSeekableStream(
                        Files.newInputStream(answer.file()), answer.type(), Files.size(answer.file()));
            }
            case null -> throw new IllegalStateException(endpoint.path + " has no handler");
        }
    }
}
