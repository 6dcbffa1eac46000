package org.avatarengine.graph.vocabulary;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A label or a relationship type, or several of which any one matches. Data goes into statements as parameters; names
 * cannot, so statements may be concatenated with names only. A name consists of letters, digits and underscores, which
 * makes injection impossible. A test reads the compiled classes to check that nothing else is concatenated.
 */
public final class CypherName {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final String text;

    private CypherName(String text) {
        this.text = text;
    }

    /**
     * A name from its text.
     *
     * @throws IllegalArgumentException when the text holds anything but letters, digits and underscores
     */
    public static CypherName of(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("\"" + name + "\" is not a valid label or relationship type.");
        }
        return new CypherName(name);
    }

    /** Matches any one of the names: {@code A|B}. */
    public static CypherName anyOf(List<CypherName> names) {
        return new CypherName(names.stream().map(CypherName::text).collect(Collectors.joining("|")));
    }

    /** The name as it stands in a statement. */
    public String text() {
        return text;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CypherName name && name.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
