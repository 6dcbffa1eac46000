package org.avatarengine.ingest;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.avatarengine.graph.CypherName;
import org.avatarengine.graph.GraphTransaction;

/** Makes two persons one: everything that hung on the one that goes is hung on the one that stays. */
final class PersonJoin {
    private static final List<CypherName> OUTGOING =
            Stream.of("SENT", "MEMBER_OF", "HAS_HANDLE").map(CypherName::of).toList();
    private static final List<CypherName> INCOMING = Stream.of("MENTIONS", "MADE_BY", "CONCERNS", "IDENTIFIED_AS")
            .map(CypherName::of)
            .toList();

    private static final String ENDS = "MATCH (gone:Person {id: $gone}) MATCH (kept:Person {id: $kept}) ";

    private PersonJoin() {}

    static void apply(GraphTransaction transaction, PersonDirectory.Join join) {
        Map<String, String> parameters = Map.of("gone", join.gone(), "kept", join.kept());
        for (CypherName type : OUTGOING) {
            transaction.run(
                    ENDS + "MATCH (gone)-[r:" + type.text() + "]->(x) MERGE (kept)-[:" + type.text()
                            + "]->(x) DELETE r",
                    parameters);
        }
        for (CypherName type : INCOMING) {
            transaction.run(
                    ENDS + "MATCH (gone)<-[r:" + type.text() + "]-(x) MERGE (kept)<-[:" + type.text()
                            + "]-(x) DELETE r",
                    parameters);
        }
        transaction.run("MATCH (gone:Person {id: $gone}) DETACH DELETE gone", parameters);
    }
}
