package org.avatarengine.ingest;

import java.util.List;
import java.util.Map;
import org.avatarengine.graph.GraphTransaction;

/** Makes two persons one: everything that hung on the one that goes is hung on the one that stays. */
final class PersonJoin {
    private static final List<String> OUTGOING = List.of("SENT", "MEMBER_OF", "HAS_HANDLE");
    private static final List<String> INCOMING = List.of("MENTIONS", "MADE_BY", "CONCERNS", "IDENTIFIED_AS");

    private PersonJoin() {}

    static void apply(GraphTransaction transaction, PersonDirectory.Join join) {
        Map<String, String> parameters = Map.of("gone", join.gone(), "kept", join.kept());
        String ends = "MATCH (gone:Person {id: $gone}) MATCH (kept:Person {id: $kept}) ";
        for (String type : OUTGOING) {
            transaction.run(
                    ends + "MATCH (gone)-[r:" + type + "]->(x) MERGE (kept)-[:" + type + "]->(x) DELETE r", parameters);
        }
        for (String type : INCOMING) {
            transaction.run(
                    ends + "MATCH (gone)<-[r:" + type + "]-(x) MERGE (kept)<-[:" + type + "]-(x) DELETE r", parameters);
        }
        transaction.run("MATCH (gone:Person {id: $gone}) DETACH DELETE gone", parameters);
    }
}
