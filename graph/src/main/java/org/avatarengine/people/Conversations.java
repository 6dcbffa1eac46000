package org.avatarengine.people;

/** The names of conversations as shown to the user. */
public final class Conversations {
    /**
     * A Cypher expression for the name of the conversation in the variable {@code c}: its name, the title of a
     * recording, or up to four members other than the owner.
     */
    public static final String NAME = """
            coalesce(c.name, c.title, reduce(names = '', name IN COLLECT {
                MATCH (p:Person)-[:MEMBER_OF]->(c) WHERE NOT p.owner
                RETURN coalesce(p.name, head(COLLECT { MATCH (p)-[:HAS_HANDLE]->(h) RETURN h.id }))
                ORDER BY p.name LIMIT 4 } |
              names + CASE names WHEN '' THEN '' ELSE ', ' END + coalesce(name, '?')))""";

    private Conversations() {}
}
