package org.avatarengine.app.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.avatarengine.app.print.JsonOutput;
import org.avatarengine.app.print.JsonOutput.Form;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The pages about {@code --json} in {@code docs}: a schema for each command, and a table of them. */
final class JsonPages {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private static final String INTRODUCTION = """
            # Output as JSON

            With `--json`, a command prints its result as JSON on standard output, and nothing else. The schemas below
            describe the output of each command. They follow [JSON Schema 2020-12](https://json-schema.org/draft/2020-12).

            - A command prints one JSON document: an object, or a list of objects. `chat` and `serve` print JSON Lines: each line
              is an object.
            - All fields are always present. A field without a value is `null`.
            - Numbers are plain decimals, such as `0.00001`, and amounts of money are in US dollars.
            - Times are in ISO 8601 format and in UTC, such as `2026-03-01T17:30:00Z`. Durations are in seconds, and sizes in
              bytes.
            - Values with a fixed set of choices are words. The schema lists them.
            - Paths are text.
            - Progress, warnings and errors go to standard error. If a command fails, its exit code is not 0, and one
              line on standard error says why. Commands that check something, such as `validate`, print their result
              even if they found a problem and the exit code is 1.
            - A later version can add fields. Ignore the fields that you do not know.

            Example: `avatar people --json | jq -r '.[] | [.name, .sent] | @tsv'`

            | command | fields |
            | --- | --- |
            """;

    private JsonPages() {}

    /** The schemas by file name. */
    static Map<String, String> schemas() {
        Map<String, String> files = new TreeMap<>();
        JsonSchemas schemas = new JsonSchemas(new SourceComments());
        JsonSchemas.commands()
                .forEach(command ->
                        files.put(JsonSchemas.file(command), JSON.writeValueAsString(schemas.of(command)) + "\n"));
        return files;
    }

    /** The page with the table of all commands. */
    static String index() {
        JsonSchemas schemas = new JsonSchemas(null);
        return JsonSchemas.commands().stream()
                .map(command -> "| [" + (command.parent() == null ? "(no command)" : JsonSchemas.name(command))
                        + "](json/" + JsonSchemas.file(command) + ") | " + fields(command, schemas.of(command))
                        + " |\n")
                .collect(Collectors.joining("", INTRODUCTION, ""));
    }

    private static String fields(CommandSpec command, ObjectNode schema) {
        List<String> parts = new ArrayList<>();
        List<JsonOutput> outputs = JsonSchemas.outputs(command);
        for (int i = 0; i < outputs.size(); i++) {
            JsonOutput output = outputs.get(i);
            JsonNode printed =
                    outputs.size() == 1 ? schema : schema.path("anyOf").get(i);
            parts.add((output.when().isEmpty() ? "" : "*" + output.when() + ":* ")
                    + switch (output.form()) {
                        case ONE -> "";
                        case LIST -> "each entry: ";
                        case LINES -> "each line: ";
                    }
                    + names(output.form() == Form.LIST ? printed.path("items") : printed, schema));
        }
        return String.join("<br>", parts);
    }

    private static String names(JsonNode printed, ObjectNode schema) {
        String reference = printed.path("$ref").asString("");
        JsonNode object = reference.isEmpty() ? printed : schema.at(reference.substring(1));
        return object.path("properties").isEmpty()
                ? "the columns of the query"
                : object.path("properties").propertyNames().stream()
                        .map(name -> "`" + name + "`")
                        .collect(Collectors.joining(", "));
    }
}
