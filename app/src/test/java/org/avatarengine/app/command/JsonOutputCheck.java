package org.avatarengine.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Checks that what a command has printed with {@code --json} is what its schema says. */
final class JsonOutputCheck {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Map<String, Schema> SCHEMAS = new ConcurrentHashMap<>();
    private static final Set<String> CHECKED = Collections.newSetFromMap(new ConcurrentHashMap<>());

    private JsonOutputCheck() {}

    /**
     * Checks the output of a command that succeeded. Does nothing without {@code --json}.
     *
     * @param arguments the command line
     * @param out all that was printed on standard output
     */
    static void check(List<String> arguments, String out) {
        CommandSpec command = printingJson(arguments);
        if (command == null) {
            return;
        }
        String name = JsonSchemas.name(command);
        assertThat(JsonSchemas.outputs(command))
                .as(name + " declares its output by @JsonOutput")
                .isNotEmpty();
        Schema schema = SCHEMAS.computeIfAbsent(name, unused -> REGISTRY.getSchema(new JsonSchemas(null).of(command)));
        List<String> documents = JsonSchemas.printsLines(command) ? out.lines().toList() : List.of(out);
        for (String document : documents) {
            JsonNode value = read(name, document);
            assertThat(schema.validate(
                            value, context -> context.executionConfig(config -> config.formatAssertionsEnabled(true))))
                    .as("the output of " + name + " and its schema: " + document)
                    .isEmpty();
        }
        assertThat(out).as("the output of " + name).doesNotContain("picocli");
        CHECKED.add(name);
    }

    /** The commands whose output was checked in this process. */
    static Set<String> checked() {
        return CHECKED;
    }

    private static @Nullable CommandSpec printingJson(List<String> arguments) {
        if (!arguments.contains("--json")) {
            return null;
        }
        CommandLine program = Main.commandLine().setCaseInsensitiveEnumValuesAllowed(true);
        ParseResult parsed = program.parseArgs(arguments.toArray(String[]::new));
        boolean json = false;
        boolean help = false;
        for (CommandLine command : parsed.asCommandLineList()) {
            json |= command.getParseResult().hasMatchedOption("--json");
            help |= command.isUsageHelpRequested() || command.isVersionHelpRequested();
        }
        return json && !help ? parsed.asCommandLineList().getLast().getCommandSpec() : null;
    }

    /** Reads one document, and nothing after it. Its numbers are plain decimals. */
    private static JsonNode read(String name, String document) {
        try (JsonParser tokens = JSON.createParser(document)) {
            int depth = 0;
            int values = 0;
            for (JsonToken token = tokens.nextToken(); token != null; token = tokens.nextToken()) {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                values += depth == 0 ? 1 : 0;
                if (token.isNumeric()) {
                    assertThat(tokens.getString())
                            .as("a number of " + name)
                            .doesNotContainAnyWhitespaces()
                            .doesNotContain("e", "E");
                }
            }
            assertThat(values)
                    .as("the number of JSON documents that " + name + " prints")
                    .isEqualTo(1);
        }
        return JSON.readTree(document);
    }
}
