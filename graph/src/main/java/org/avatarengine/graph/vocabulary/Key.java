package org.avatarengine.graph.vocabulary;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Properties by which nodes of a label are looked up. The schema makes an index or a uniqueness constraint of each; a test
 * plans every statement of the program and fails where one looks up nodes by anything else.
 *
 * @param label whose nodes
 * @param properties all of them together, in the order of the index
 * @param unique whether no two nodes of the label have the same values
 */
public record Key(CypherName label, List<CypherName> properties, boolean unique) {
    /** The property that identifies a node within its label. */
    public static final CypherName ID = CypherName.of("id");

    /** People by name. */
    public static final Key PERSON_NAME = new Key(Labels.PERSON, List.of(CypherName.of("name")), false);

    /** The passages of a conversation, in order. */
    public static final Key PASSAGE_NUMBER =
            new Key(Labels.PASSAGE, List.of(CypherName.of("conversation"), CypherName.of("number")), false);

    /** Nicknames by id; two people may have the same one. */
    public static final Key NICKNAME_ID = new Key(Labels.NICKNAME, List.of(ID), false);

    /** Pairs of people that must never be merged, by either. */
    public static final List<Key> NEVER_MERGED = List.of(
            new Key(Labels.ENTITY_MAPPING, List.of(CypherName.of("one")), false),
            new Key(Labels.ENTITY_MAPPING, List.of(CypherName.of("other")), false));

    public Key {
        properties = List.copyOf(properties);
    }

    /** The id of the nodes of a label. */
    public static Key id(CypherName label) {
        return new Key(label, List.of(ID), true);
    }

    /** What the index is called: the label and the last property in snake case. */
    public String index() {
        String snake = label.text().replaceAll("(?<!^)([A-Z])", "_$1").toLowerCase(Locale.ROOT);
        return snake + "_" + properties.getLast().text();
    }

    /** The statement that creates the index or the constraint where it is missing. */
    public String create() {
        String on = properties.stream().map(property -> "n." + property.text()).collect(Collectors.joining(", "));
        return unique
                ? "CREATE CONSTRAINT " + index() + " IF NOT EXISTS FOR (n:" + label.text() + ") REQUIRE " + on
                        + " IS UNIQUE"
                : "CREATE INDEX " + index() + " IF NOT EXISTS FOR (n:" + label.text() + ") ON (" + on + ")";
    }
}
