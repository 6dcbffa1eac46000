package org.avatarengine.enrich;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JSON Schema of a record, in the subset that structured outputs support: every field is required, no other is
 * allowed. Fields are strings, whole numbers, numbers, enums, records and lists of these.
 */
final class RecordSchema {
    private RecordSchema() {}

    static Map<String, Object> of(Class<? extends Record> type) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            Map<String, Object> field = new LinkedHashMap<>(ofType(component.getGenericType()));
            Describe describe = component.getAnnotation(Describe.class);
            if (describe != null) {
                field.put("description", describe.value());
            }
            properties.put(component.getName(), field);
            required.add(component.getName());
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        schema.put("required", required);
        schema.put("additionalProperties", false);
        return schema;
    }

    /** Fields have a fixed order, because prompts, and therefore their keys, must be the same in each process. */
    private static Map<String, Object> ofType(Type type) {
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            return ordered("array", "items", ofType(list.getActualTypeArguments()[0]));
        }
        if (type == String.class) {
            return Map.of("type", "string");
        }
        if (type == int.class) {
            return Map.of("type", "integer");
        }
        if (type == double.class) {
            return Map.of("type", "number");
        }
        if (type instanceof Class<?> plain && plain.isEnum()) {
            return ordered(
                    "string",
                    "enum",
                    Arrays.stream(plain.getEnumConstants())
                            .map(Object::toString)
                            .toList());
        }
        if (type instanceof Class<?> plain && plain.isRecord()) {
            return of(plain.asSubclass(Record.class));
        }
        throw new IllegalArgumentException("No schema for " + type);
    }

    private static Map<String, Object> ordered(String type, String name, Object value) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", type);
        schema.put(name, value);
        return schema;
    }
}
