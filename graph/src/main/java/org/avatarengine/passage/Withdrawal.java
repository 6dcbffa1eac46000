package org.avatarengine.passage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.avatarengine.graph.GraphTransaction;
import org.avatarengine.graph.Row;

/**
 * Removes what was derived from messages that were edited, unsent or deleted: the passages that quote them with their
 * entries in both indexes, the vectors of the passages that follow, and the enrichments based on them. The next update
 * of the memory splits these conversations into passages again.
 */
public final class Withdrawal {
    /** The counter tells a concurrent update of the memory that the data it read is out of date. */
    private static final String FORGET_CONVERSATIONS = """
            UNWIND $ids AS id
            MATCH (:Message {id: id})-[:SENT_TO]->(c:Conversation)
            WITH c, collect(DISTINCT id) AS ids ORDER BY c.id
            SET c.withdrawals = coalesce(c.withdrawals, 0) + 1
            REMOVE c.remembered, c.rememberedChanges, c.rememberedBy
            RETURN c.id AS conversation, ids""";

    private static final String QUOTING = """
            MATCH (p:Passage)
            WHERE p.conversation = $conversation AND p.number >= 0 AND any(id IN p.messageIds WHERE id IN $ids)
            RETURN p.id AS id, p.number AS number, p.text AS text""";

    private static final String REMOVE = "UNWIND $ids AS id MATCH (p:Passage {id: id}) DETACH DELETE p";

    /** A vector also includes the previous passage, as the context of short answers. */
    private static final String REMOVE_VECTORS = """
            UNWIND $numbers AS number
            MATCH (p:Passage) WHERE p.conversation = $conversation AND p.number = number
            SET p.key = '' REMOVE p.vector""";

    private static final String ENRICHMENTS = """
            UNWIND $ids AS id
            MATCH (:Message {id: id})<-[:SHOWN_BY]-()<-[:CLAIMS|STATES|RATES]-(e:Enrichment)
            WITH DISTINCT e
            OPTIONAL MATCH (e)-[:CLAIMS|STATES|RATES]->(x)
            DETACH DELETE e, x""";

    /** An empty digest marks a portrait as out of date. */
    private static final String PORTRAITS = """
            UNWIND $ids AS id
            MATCH (:Message {id: id})-[:SENT_TO]->(:Conversation)<-[:MEMBER_OF]-(p:Person)
            WITH DISTINCT p
            MATCH (p)-[:HAS_PROFILE]->(x:CommunicationProfile)
            SET x.digest = ''""";

    /**
     * Phrases quote messages, so they are removed now. The rest of a portrait is figures, which the next analysis
     * updates.
     */
    private static final String PHRASES = """
            UNWIND $ids AS id
            MATCH (:Message {id: id})<-[:SENT]-(:Person)-[:USES_PHRASE]->(x) WHERE id IN x.evidence
            DETACH DELETE x""";

    private Withdrawal() {}

    /** Removes everything derived from these messages, in the transaction that changes them. */
    public static void of(GraphTransaction transaction, List<String> messages) {
        if (!messages.isEmpty()) {
            transaction.run(ENRICHMENTS, Map.of("ids", messages));
            ofWordings(transaction, messages);
        }
    }

    /**
     * Removes what is made from these messages here and can be made again at any time, in the transaction that gives
     * them other identifiers: all but the enrichments.
     */
    public static void ofWordings(GraphTransaction transaction, List<String> messages) {
        if (messages.isEmpty()) {
            return;
        }
        Map<String, Object> ids = Map.of("ids", messages);
        boolean removed = false;
        for (Row conversation : transaction.run(FORGET_CONVERSATIONS, ids).rows()) {
            removed |= passages(transaction, conversation.requireText("conversation"), conversation.texts("ids"));
        }
        if (removed) {
            PassageTerms.removeUnused(transaction);
        }
        transaction.run(PORTRAITS, ids);
        transaction.run(PHRASES, ids);
    }

    /** @return whether there were any */
    private static boolean passages(GraphTransaction transaction, String conversation, List<String> messages) {
        List<String> ids = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        TreeSet<Long> followers = new TreeSet<>();
        for (Row passage : transaction
                .run(QUOTING, Map.of("conversation", conversation, "ids", messages))
                .rows()) {
            ids.add(passage.requireText("id"));
            texts.add(passage.requireText("text"));
            followers.add(passage.number("number") + 1);
        }
        if (!ids.isEmpty()) {
            PassageTerms.count(transaction, texts, -1);
            transaction.run(REMOVE, Map.of("ids", ids));
            transaction.run(REMOVE_VECTORS, Map.of("conversation", conversation, "numbers", List.copyOf(followers)));
        }
        return !ids.isEmpty();
    }
}
