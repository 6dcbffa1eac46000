package org.avatarengine.server;

import com.github.victools.jsonschema.generator.SchemaBuilder;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Generates an OpenAPI document from endpoints. The schemas come from the records that the server reads and writes, so
 * the document cannot become outdated.
 *
 * @see <a href="https://spec.openapis.org/oas/v3.1.1.html">OpenAPI 3.1</a>
 */
final class OpenApi {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private OpenApi() {}

    static String of(List<Endpoint> endpoints) {
        SchemaBuilder schemas = new SchemaGenerator(RecordSchemas.settings().build()).buildMultipleSchemaDefinitions();
        ObjectNode root = JSON.createObjectNode().put("openapi", "3.1.1");
        root.putObject("info")
                .put("title", "Avatar Engine")
                .put("version", "1")
                .put(
                        "description",
                        "The API of the page. Only this computer can reach it. Each request needs the token that"
                                + " avatar serve prints.");
        ObjectNode paths = root.putObject("paths");
        for (Endpoint endpoint : endpoints) {
            ObjectNode path =
                    paths.path(endpoint.path) instanceof ObjectNode there ? there : paths.putObject(endpoint.path);
            describe(endpoint, path.putObject(endpoint.method.name().toLowerCase(Locale.ROOT)), schemas);
        }
        ObjectNode components = root.putObject("components");
        components.set("schemas", schemas.collectDefinitions("components/schemas"));
        components
                .putObject("securitySchemes")
                .putObject("token")
                .put("type", "http")
                .put("scheme", "bearer");
        root.putArray("security").addObject().putArray("token");
        return JSON.writeValueAsString(root) + "\n";
    }

    private static void describe(Endpoint endpoint, ObjectNode operation, SchemaBuilder schemas) {
        operation.put("summary", endpoint.meaning);
        if (!endpoint.parameters.isEmpty()) {
            var parameters = operation.putArray("parameters");
            for (Endpoint.Parameter parameter : endpoint.parameters) {
                parameters
                        .addObject()
                        .put("name", parameter.name())
                        .put("in", "query")
                        .put("description", parameter.meaning())
                        .put("required", parameter.required())
                        .set("schema", schemas.createSchemaReference(parameter.type()));
            }
        }
        if (endpoint.body != null) {
            operation
                    .putObject("requestBody")
                    .put("required", true)
                    .putObject("content")
                    .putObject("application/json")
                    .set("schema", schemas.createSchemaReference(endpoint.body));
        }
        ObjectNode answer = operation.putObject("responses").putObject("200").put("description", endpoint.meaning);
        ObjectNode content = answer.putObject("content");
        switch (endpoint.handling) {
            case Endpoint.Handling.Value value ->
                content.putObject("application/json").set("schema", answer(endpoint, schemas));
            case Endpoint.Handling.Events events ->
                content.putObject("text/event-stream").set("schema", answer(endpoint, schemas));
            case Endpoint.Handling.Content file -> content.putObject("application/octet-stream");
            case null -> throw new IllegalStateException(endpoint.path + " has no handler");
        }
    }

    private static ObjectNode answer(Endpoint endpoint, SchemaBuilder schemas) {
        if (endpoint.answer == null) {
            throw new IllegalStateException(endpoint.path + " does not say what it answers");
        }
        return schemas.createSchemaReference(endpoint.answer);
    }
}
