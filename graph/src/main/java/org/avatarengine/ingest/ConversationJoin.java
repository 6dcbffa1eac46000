package org.avatarengine.ingest;

import java.util.List;
import java.util.Map;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Row;
import org.avatarengine.passage.PassageTerms;

/**
 * Moves everything from one conversation to another and deletes the first. It works in steps of limited size, because a
 * conversation can have a million messages; a join that was interrupted goes on with the next import.
 */
final class ConversationJoin {
    private static final long STEP = 20_000;

    private static final String CREATE = """
            MATCH (gone:Conversation {id: $gone})
            MERGE (kept:Conversation {id: $kept}) ON CREATE SET kept.group = gone.group
            SET kept.withdrawals = coalesce(kept.withdrawals, 0) + 1
            REMOVE kept.remembered, kept.rememberedChanges, kept.rememberedBy""";

    private static final List<String> MOVE = List.of("""
            MATCH (gone:Conversation {id: $gone}) MATCH (kept:Conversation {id: $kept})
            MATCH (gone)<-[r:SENT_TO]-(m) WITH kept, r, m LIMIT $step
            MERGE (m)-[:SENT_TO]->(kept) DELETE r RETURN count(*) AS n""", """
            MATCH (gone:Conversation {id: $gone}) MATCH (kept:Conversation {id: $kept})
            MATCH (gone)<-[r:HAPPENED_IN]-(x) WITH kept, r, x LIMIT $step
            MERGE (x)-[:HAPPENED_IN]->(kept) DELETE r RETURN count(*) AS n""", """
            MATCH (gone:Conversation {id: $gone}) MATCH (kept:Conversation {id: $kept})
            MATCH (gone)<-[r:MEMBER_OF]-(p) WITH kept, r, p LIMIT $step
            MERGE (p)-[moved:MEMBER_OF]->(kept) ON CREATE SET moved = properties(r)
            DELETE r RETURN count(*) AS n""");

    private static final String PASSAGES = """
            MATCH (p:Passage) WHERE p.conversation = $gone AND p.number >= 0 WITH p LIMIT $step
            WITH p, p.text AS text DETACH DELETE p RETURN text""";

    private static final String DELETE = "MATCH (gone:Conversation {id: $gone}) DETACH DELETE gone";

    private ConversationJoin() {}

    static void apply(Graph graph, ConversationDirectory.Join join) {
        Map<String, Object> parameters = Map.of("gone", join.gone(), "kept", join.kept(), "step", STEP);
        graph.write(transaction -> transaction.run(CREATE, parameters));
        for (String statement : MOVE) {
            long moved;
            do {
                moved = graph.write(transaction -> transaction.run(statement, parameters).rows().stream()
                        .mapToLong(row -> row.number("n"))
                        .sum());
            } while (moved == STEP);
        }
        long removed;
        do {
            removed = graph.write(transaction -> {
                List<String> texts = transaction.run(PASSAGES, parameters).rows().stream()
                        .map((Row row) -> row.requireText("text"))
                        .toList();
                PassageTerms.count(transaction, texts, -1);
                return (long) texts.size();
            });
        } while (removed == STEP);
        graph.write(transaction -> {
            PassageTerms.removeUnused(transaction);
            return transaction.run(DELETE, parameters);
        });
    }
}
