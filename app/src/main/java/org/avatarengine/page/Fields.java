package org.avatarengine.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.avatarengine.graph.Row;
import org.jspecify.annotations.Nullable;

/** The properties of a node that the analysis stored. */
final class Fields {
    private final Row row;

    private Fields(Row row) {
        this.row = row;
    }

    /** The node in the given column of a row; without properties if there is none. */
    @SuppressWarnings("unchecked") // Cypher's maps have strings as keys
    static Fields of(Row row, String name) {
        return new Fields(new Row(
                row.values().get(name) instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : Map.of()));
    }

    String text(String name) {
        String value = row.text(name);
        return value == null ? "" : value;
    }

    @Nullable
    String optional(String name) {
        return row.text(name);
    }

    long number(String name) {
        return row.number(name);
    }

    double real(String name) {
        return row.real(name);
    }

    @Nullable
    Double optionalReal(String name) {
        return row.values().get(name) instanceof Number number ? number.doubleValue() : null;
    }

    List<String> texts(String name) {
        return row.texts(name);
    }

    List<Long> numbers(String name) {
        List<Long> numbers = new ArrayList<>();
        if (row.values().get(name) instanceof List<?> list) {
            list.forEach(value -> numbers.add(value instanceof Number number ? number.longValue() : 0L));
        }
        return numbers;
    }

    List<Double> reals(String name) {
        List<Double> numbers = new ArrayList<>();
        if (row.values().get(name) instanceof List<?> list) {
            list.forEach(value -> numbers.add(value instanceof Number number ? number.doubleValue() : 0.0));
        }
        return numbers;
    }

    /** The evidence and the sample size. */
    PersonView.Basis basis() {
        return new PersonView.Basis(number("sampleSize"), text("method"), texts("evidence"));
    }

    PersonView.Share share(String name) {
        return new PersonView.Share(real(name), real(name + "Low"), real(name + "High"));
    }
}
