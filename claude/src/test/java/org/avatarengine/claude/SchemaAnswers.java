package org.avatarengine.claude;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers that follow the schema of the request and cite messages of its transcript, and one message that does not
 * exist.
 */
public class SchemaAnswers implements Function<JsonNode, String> {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern LINE = Pattern.compile("\\[[\\d: -]+] (m\\d+) ([^:]+): ");

    @Override
    public String apply(JsonNode request) {
        String shared = request.path("system").path(1).path("text").asString("");
        List<String> ids = new ArrayList<>();
        String name = "nobody";
        Matcher lines = LINE.matcher(shared);
        while (lines.find() && ids.size() < 3) {
            ids.add(lines.group(1));
            name = lines.group(2);
        }
        if (ids.isEmpty()) {
            Matcher cited = Pattern.compile("\"(m\\d+)\"")
                    .matcher(request.path("messages").toString().replace("\\\"", "\""));
            while (cited.find() && ids.size() < 3) {
                ids.add(cited.group(1));
            }
        }
        return JSON.writeValueAsString(
                value(request.path("output_config").path("format").path("schema"), "", ids, name));
    }

    private static Object value(JsonNode schema, String field, List<String> ids, String name) {
        if (field.equals("evidence")) {
            List<String> cited = new ArrayList<>(ids);
            cited.add("m999999");
            return cited;
        }
        return switch (schema.path("type").asString()) {
            case "object" -> {
                Map<String, Object> object = new LinkedHashMap<>();
                schema.path("properties")
                        .properties()
                        .forEach(entry ->
                                object.put(entry.getKey(), value(entry.getValue(), entry.getKey(), ids, name)));
                yield object;
            }
            case "array" -> List.of(value(schema.path("items"), "", ids, name));
            case "integer" -> field.equals("low") ? 5 : field.equals("high") ? 90 : 7;
            case "number" -> 0.5;
            default ->
                schema.has("enum")
                        ? schema.path("enum").get(0).asString()
                        : field.equals("from") || field.equals("to") || field.startsWith("valid")
                                ? "2024-05-01"
                                : "About " + name + ".";
        };
    }
}
