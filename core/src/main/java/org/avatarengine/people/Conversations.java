package org.avatarengine.people;

/** How conversations are shown. */
public final class Conversations {
    /** Of so many people the names are shown where a conversation has none of its own. */
    private static final int NAMED = 4;

    private Conversations() {}

    /** A Cypher expression for what the conversation in a variable is called: its name (of a recording its title), or who is in it besides the owner. */
    public static String name(String variable) {
        return """
                coalesce($c.name, $c.title, reduce(names = '', name IN COLLECT {
                    MATCH (p:Person)-[:MEMBER_OF]->($c) WHERE NOT p.owner
                    RETURN coalesce(p.name, head(COLLECT { MATCH (p)-[:HAS_HANDLE]->(h) RETURN h.id }))
                    ORDER BY p.name LIMIT $n } |
                  names + CASE names WHEN '' THEN '' ELSE ', ' END + coalesce(name, '?')))""".replace("$c", variable).replace("$n", String.valueOf(NAMED));
    }
}
