package org.avatarengine.server;

import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import org.jspecify.annotations.Nullable;

/**
 * How JSON schemas are derived from records: all fields are present, and those that are annotated as nullable may be
 * null.
 *
 * @see <a href="https://json-schema.org/draft/2020-12">JSON Schema 2020-12</a>
 */
public final class RecordSchemas {
    private RecordSchemas() {}

    /** The settings of a generator, to which the caller can add. */
    public static SchemaGeneratorConfigBuilder settings() {
        SchemaGeneratorConfigBuilder settings = new SchemaGeneratorConfigBuilder(
                        SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                .with(Option.DEFINITIONS_FOR_ALL_OBJECTS, Option.EXTRA_OPEN_API_FORMAT_VALUES)
                .without(Option.SCHEMA_VERSION_INDICATOR);
        settings.forFields().withRequiredCheck(field -> true).withNullableCheck(RecordSchemas::nullable);
        settings.forTypesInGeneral()
                .withDefinitionNamingStrategy(
                        (key, context) -> name(key.getType().getErasedType()));
        return settings;
    }

    /** The name of a schema. The enclosing class makes it unique: {@code PeopleView.Entry} becomes PeopleEntry. */
    private static String name(Class<?> type) {
        Class<?> around = type.getEnclosingClass();
        return (around == null ? "" : around.getSimpleName().replaceFirst("View$", "")) + type.getSimpleName();
    }

    private static boolean nullable(FieldScope field) {
        return !field.isFakeContainerItemScope()
                && field.getRawMember().getAnnotatedType().isAnnotationPresent(Nullable.class);
    }
}
