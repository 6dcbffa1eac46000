package org.avatarengine.ingest;

import java.util.Map;
import org.avatarengine.graph.GraphTransaction;
import org.avatarengine.graph.vocabulary.CypherName;
import org.avatarengine.graph.vocabulary.RelationshipTypes;

/** Joins two people: moves all links from one person to the other and deletes the first. */
final class PersonJoin {
    private static final String ENDS = "MATCH (gone:Person {id: $gone}) MATCH (kept:Person {id: $kept}) ";

    private PersonJoin() {}

    static void apply(GraphTransaction transaction, PersonDirectory.Join join) {
        Map<String, String> parameters = Map.of("gone", join.gone(), "kept", join.kept());
        for (CypherName type : RelationshipTypes.FROM_PERSON) {
            transaction.run(
                    ENDS + "MATCH (gone)-[r:" + type.text() + "]->(x) MERGE (kept)-[:" + type.text()
                            + "]->(x) DELETE r",
                    parameters);
        }
        for (CypherName type : RelationshipTypes.TO_PERSON) {
            transaction.run(
                    ENDS + "MATCH (gone)<-[r:" + type.text() + "]-(x) MERGE (kept)<-[:" + type.text()
                            + "]-(x) DELETE r",
                    parameters);
        }
        transaction.run("MATCH (gone:Person {id: $gone}) DETACH DELETE gone", parameters);
    }
}
