package org.avatarengine.people;

/** How conversations are shown. */
public final class Conversations {
    /**
     * A Cypher expression for what the conversation in the variable {@code c} is called: its name (of a recording its
     * title), or who is in it besides the owner, at most four of them.
     */
    public static final String NAME = """
            coalesce(c.name, c.title, reduce(names = '', name IN COLLECT {
                MATCH (p:Person)-[:MEMBER_OF]->(c) WHERE NOT p.owner
                RETURN coalesce(p.name, head(COLLECT { MATCH (p)-[:HAS_HANDLE]->(h) RETURN h.id }))
                ORDER BY p.name LIMIT 4 } |
              names + CASE names WHEN '' THEN '' ELSE ', ' END + coalesce(name, '?')))""";

    private Conversations() {}
}
