package org.avatarengine.app.command;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.CustomDefinition.AttributeInclusion;
import com.github.victools.jsonschema.generator.CustomDefinition.DefinitionType;
import com.github.victools.jsonschema.generator.CustomDefinitionProviderV2;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.SchemaBuilder;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.avatarengine.app.print.Json;
import org.avatarengine.app.print.JsonOutput;
import org.avatarengine.app.print.JsonOutput.Form;
import org.avatarengine.server.RecordSchemas;
import org.avatarengine.usage.Usd;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The JSON schemas of the commands' output, derived from the records that the commands print. */
final class JsonSchemas {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Set<String> SIZES = Set.of("int32", "int64", "float", "double");

    /** The records and enumerations that some output holds. */
    private final Set<Class<?>> types = new HashSet<>();

    private final @Nullable SourceComments comments;

    private final CustomDefinitionProviderV2 printed = this::custom;

    /** @param comments where the descriptions of the fields come from; null to leave them out */
    JsonSchemas(@Nullable SourceComments comments) {
        this.comments = comments;
    }

    /** All commands that print JSON, in the order of the help. */
    static List<CommandSpec> commands() {
        List<CommandSpec> all = new ArrayList<>();
        collect(Main.commandLine().getCommandSpec(), all);
        return all;
    }

    private static void collect(CommandSpec command, List<CommandSpec> all) {
        if (command.findOption("--json") != null) {
            all.add(command);
        }
        command.subcommands().values().stream()
                .distinct()
                .map(CommandLine::getCommandSpec)
                .filter(sub -> !sub.usageMessage().hidden())
                .forEach(sub -> collect(sub, all));
    }

    /** What a command prints; empty if it does not say so. */
    static List<JsonOutput> outputs(CommandSpec command) {
        AnnotatedElement declared = command.userObject() instanceof Method method
                ? method
                : command.userObject().getClass();
        return List.of(declared.getAnnotationsByType(JsonOutput.class));
    }

    /** Whether a command prints JSON Lines. */
    static boolean printsLines(CommandSpec command) {
        return outputs(command).stream().anyMatch(output -> output.form() == Form.LINES);
    }

    /** The name of a command without that of the program: {@code people merge}, or {@code avatar} for the program. */
    static String name(CommandSpec command) {
        return command.parent() == null
                ? command.name()
                : command.qualifiedName(" ").substring(command.root().name().length() + 1);
    }

    /** The name of the file with the schema of a command. */
    static String file(CommandSpec command) {
        return name(command).replace(' ', '-') + ".json";
    }

    /** The schema of what a command prints, or of each line of it. */
    ObjectNode of(CommandSpec command) {
        SchemaBuilder schemas = new SchemaGenerator(settings().build()).buildMultipleSchemaDefinitions();
        ObjectNode root = JSON.createObjectNode()
                .put("$schema", "https://json-schema.org/draft/2020-12/schema")
                .put("title", "avatar " + (command.parent() == null ? "" : name(command) + " ") + "--json")
                .put(
                        "description",
                        command.usageMessage().description()[0]
                                + (printsLines(command) ? " This is the schema of each line of the output." : ""));
        List<JsonOutput> outputs = outputs(command);
        // A reference is filled in when the definitions are collected.
        List<ObjectNode> printed =
                outputs.stream().map(output -> schema(output, schemas)).toList();
        ObjectNode definitions = schemas.collectDefinitions("$defs");
        if (outputs.size() == 1) {
            root.setAll(printed.getFirst());
        } else {
            ArrayNode choices = root.putArray("anyOf");
            for (int i = 0; i < outputs.size(); i++) {
                choices.addObject()
                        .put("description", "Printed " + outputs.get(i).when() + ".")
                        .setAll(printed.get(i));
            }
        }
        if (!definitions.isEmpty()) {
            root.set("$defs", definitions);
        }
        withoutSizes(root);
        return root;
    }

    /** Leaves out the formats that say how large a number of a programming language is. */
    private static void withoutSizes(JsonNode schema) {
        if (schema instanceof ObjectNode object
                && SIZES.contains(object.path("format").asString(""))) {
            object.remove("format");
        }
        schema.forEach(JsonSchemas::withoutSizes);
    }

    /** The records and enumerations in the schemas made so far. */
    Set<Class<?>> types() {
        return types;
    }

    private static ObjectNode schema(JsonOutput output, SchemaBuilder schemas) {
        ObjectNode item = output.value() == JsonOutput.Row.class
                ? JSON.createObjectNode().put("type", "object")
                : schemas.createSchemaReference(output.value());
        return output.form() == Form.LIST
                ? JSON.createObjectNode().put("type", "array").set("items", item)
                : item;
    }

    private SchemaGeneratorConfigBuilder settings() {
        SchemaGeneratorConfigBuilder settings = RecordSchemas.settings()
                .with(
                        Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT,
                        Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES,
                        Option.INLINE_NULLABLE_SCHEMAS);
        settings.forFields()
                .withIgnoreCheck(field -> field.getAnnotation(JsonUnwrapped.class) != null)
                .withDescriptionResolver(field -> comments == null || field.isFakeContainerItemScope()
                        ? null
                        : comments.of(field.getRawMember().getDeclaringClass(), field.getName()));
        settings.forTypesInGeneral()
                .withPropertySorter((one, other) -> 0)
                .withDescriptionResolver(scope ->
                        comments == null || !scope.getType().getErasedType().isRecord()
                                ? null
                                : comments.of(scope.getType().getErasedType()))
                .withDefinitionNamingStrategy((key, context) -> name(key.getType()))
                .withCustomDefinitionProvider(printed);
        return settings;
    }

    private static String name(ResolvedType type) {
        Class<?> around = type.getErasedType().getEnclosingClass();
        return (around == null ? "" : around.getSimpleName().replaceFirst("Command$", ""))
                + type.getErasedType().getSimpleName()
                + type.getTypeParameters().stream().map(JsonSchemas::name).collect(Collectors.joining());
    }

    /** The types that are not printed as their fields are declared. */
    private @Nullable CustomDefinition custom(ResolvedType type, SchemaGenerationContext context) {
        Class<?> raw = type.getErasedType();
        if (raw.isRecord() || raw.isEnum()) {
            types.add(raw);
        }
        if (raw.isEnum()) {
            ObjectNode words = JSON.createObjectNode().put("type", "string");
            Stream.of(raw.getEnumConstants())
                    .forEach(word -> words.withArray("enum").add(JSON.readTree(Json.oneLine(word))));
            return inline(words);
        }
        if (raw == Usd.class) {
            return inline(JSON.createObjectNode().put("type", "number").put("description", "In US dollars."));
        }
        if (raw == Duration.class) {
            return inline(JSON.createObjectNode().put("type", "number").put("description", "In seconds."));
        }
        if (raw == Path.class) {
            return inline(JSON.createObjectNode().put("type", "string"));
        }
        if (Map.class.isAssignableFrom(raw)) {
            ObjectNode map = JSON.createObjectNode().put("type", "object");
            List<ResolvedType> parameters = type.typeParametersFor(Map.class);
            if (parameters != null && parameters.getFirst().getErasedType().isEnum()) {
                map.set("propertyNames", context.createDefinitionReference(parameters.getFirst()));
            }
            if (parameters != null && parameters.getLast().getErasedType() != Object.class) {
                map.set("additionalProperties", context.createDefinitionReference(parameters.getLast()));
            }
            return inline(map);
        }
        return raw.isRecord() ? unwrapped(type, context) : null;
    }

    /** A record with the fields of another record among its own. */
    private @Nullable CustomDefinition unwrapped(ResolvedType type, SchemaGenerationContext context) {
        List<ResolvedType> parts = Stream.of(type.getErasedType().getDeclaredFields())
                .filter(field -> field.isAnnotationPresent(JsonUnwrapped.class))
                .map(field -> context.getTypeContext().resolve(field.getGenericType()))
                .toList();
        if (parts.isEmpty()) {
            return null;
        }
        ObjectNode own = context.createStandardDefinition(type, printed);
        ObjectNode properties = JSON.createObjectNode();
        ArrayNode required = JSON.createArrayNode();
        for (ResolvedType part : parts) {
            merge(context.createStandardDefinition(part, printed), properties, required);
        }
        merge(own, properties, required);
        own.set("properties", properties);
        own.set("required", required);
        return new CustomDefinition(own);
    }

    private static void merge(JsonNode from, ObjectNode properties, ArrayNode required) {
        properties.setAll((ObjectNode) from.path("properties"));
        from.path("required").forEach(required::add);
    }

    private static CustomDefinition inline(ObjectNode schema) {
        return new CustomDefinition(schema, DefinitionType.INLINE, AttributeInclusion.YES);
    }
}
