package org.avatarengine.graph;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A label or type of relationship, or several of which one will do. Data goes into statements as parameters, but names
 * cannot: they are the only thing that statements are put together from, and as they are letters, digits and underscores
 * nothing else can come in with them. A test reads the compiled classes to see that it is so.
 */
public final class CypherName {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final String text;

    private CypherName(String text) {
        this.text = text;
    }

    /** @throws IllegalArgumentException when it is no name */
    public static CypherName of(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("\"" + name + "\" is no name of a label or relationship.");
        }
        return new CypherName(name);
    }

    /** Any one of several: {@code A|B}. */
    public static CypherName anyOf(List<String> names) {
        return new CypherName(names.stream().map(name -> of(name).text).collect(Collectors.joining("|")));
    }

    /** As a statement has it. */
    public String text() {
        return text;
    }
}
