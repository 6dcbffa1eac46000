package org.avatarengine.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.avatarengine.graph.Graph;
import org.jspecify.annotations.Nullable;

/**
 * The conversations, and the times in them, in which both people of a question took part; recall uses nothing else. A
 * small number of conversations is listed at once. Of very many, only those that are needed are looked up, because
 * listing all would take longer than the search.
 */
public final class Audience {
    /** Up to this many conversations of the person or the partner are listed at once. */
    static final int MOST_LISTED = 2_500;

    /** If both have more, the conversations are listed only if they share at most this many. */
    private static final int MOST_SHARED = 250;

    private static final String CONVERSATIONS = """
            MATCH (p:Person) WHERE p.id IN [$person, $partner]
            RETURN min(COUNT { (p)-[:MEMBER_OF]->() }) AS n""";

    /** Begins at the person with fewer conversations: the owner may be in all of them, and the partner in five. */
    private static final String PLACES = """
            MATCH (a:Person {id: $person}), (b:Person {id: $partner})
            WITH a, b, COUNT { (a)-[:MEMBER_OF]->() } <= COUNT { (b)-[:MEMBER_OF]->() } AS first
            WITH CASE WHEN first THEN a ELSE b END AS few, CASE WHEN first THEN b ELSE a END AS many
            MATCH (few)-[:MEMBER_OF]->(c:Conversation) WHERE EXISTS { (many)-[:MEMBER_OF]->(c) }
            WITH DISTINCT c LIMIT $most
            RETURN c.id AS id, coalesce(c.remembered, 0) AS size ORDER BY size DESC, id""";

    private static final String SHARED = """
            MATCH (a:Person {id: $person}), (b:Person {id: $partner})
            UNWIND $conversations AS id
            MATCH (c:Conversation {id: id})
            WHERE EXISTS { (a)-[:MEMBER_OF]->(c) } AND EXISTS { (b)-[:MEMBER_OF]->(c) }
            RETURN DISTINCT id""";

    private final Graph graph;
    private final Map<String, String> pair;
    private final Set<String> people;
    private Periods periods = new Periods();

    /** The common times in each conversation that was looked up; empty for conversations that the two do not share. */
    private final Map<String, List<MembershipSpan>> known = new LinkedHashMap<>();

    private boolean listed;
    private long messages;

    private Audience(RecallQuery question, Graph graph) {
        // If the owner lifts the restriction, only the person is the audience.
        String partner = question.everything() ? question.person() : question.partner();
        this.graph = graph;
        this.pair = Map.of("person", question.person(), "partner", partner);
        this.people = new LinkedHashSet<>(List.of(question.person(), partner));
    }

    /** @param question the question; its text is ignored */
    public static Audience of(RecallQuery question, Graph graph) {
        Audience audience = new Audience(question, graph);
        long fewest = graph.read(CONVERSATIONS, audience.pair).getFirst().number("n");
        audience.list(question.within(), fewest <= MOST_LISTED ? MOST_LISTED : MOST_SHARED);
        return audience;
    }

    /** @param most the maximum number of conversations that are listed at once */
    static Audience of(RecallQuery question, Graph graph, int most) {
        Audience audience = new Audience(question, graph);
        audience.list(question.within(), most);
        return audience;
    }

    private void list(@Nullable String within, int most) {
        if (within == null) {
            listAll(most);
        } else {
            lookUp(Set.of(within));
            listed = true;
            messages = Long.MAX_VALUE;
        }
    }

    private void listAll(int most) {
        Map<String, Object> parameters = new HashMap<>(pair);
        parameters.put("most", most + 1L);
        Map<String, Long> sizes = new LinkedHashMap<>();
        graph.read(PLACES, parameters, row -> sizes.put(row.requireText("id"), row.number("size")));
        if (sizes.size() <= most) {
            known.clear();
            periods = new Periods();
            know(sizes.keySet());
            messages = sizes.values().stream().mapToLong(Long::longValue).sum();
            listed = true;
        }
    }

    private void know(Set<String> shared) {
        periods.add(graph, shared);
        shared.forEach(conversation -> known.put(conversation, periods.stays(conversation, people)));
    }

    /** The parameters {@code person} and {@code partner} of a statement. */
    Map<String, String> pair() {
        return pair;
    }

    /** Whether all conversations are listed, so that none has to be looked up. */
    boolean isListed() {
        return listed;
    }

    /** Looks up several conversations at once. */
    void lookUp(Collection<String> conversations) {
        if (listed) {
            return;
        }
        Set<String> open = new LinkedHashSet<>(conversations);
        open.removeAll(known.keySet());
        if (open.isEmpty()) {
            return;
        }
        Map<String, Object> parameters = new HashMap<>(pair);
        parameters.put("conversations", List.copyOf(open));
        Set<String> shared = new LinkedHashSet<>();
        graph.read(SHARED, parameters, row -> shared.add(row.requireText("id")));
        open.forEach(conversation -> known.put(conversation, List.of()));
        know(shared);
    }

    /** The common times, the conversation with the most messages first. This takes long if they are not listed yet. */
    List<MembershipSpan> stays() {
        if (!listed) {
            listAll(Integer.MAX_VALUE - 1);
        }
        List<MembershipSpan> stays = new ArrayList<>();
        known.values().forEach(stays::addAll);
        return stays;
    }

    /** The number of messages in the conversations, if all are listed; otherwise an upper limit. */
    long messages() {
        return messages;
    }

    /** Whether the two are known to have no conversation in common. */
    boolean isEmpty() {
        return listed && known.values().stream().allMatch(List::isEmpty);
    }

    /** The common conversations among those looked up so far. */
    Set<String> conversations() {
        Set<String> conversations = new LinkedHashSet<>();
        known.forEach((conversation, stays) -> {
            if (!stays.isEmpty()) {
                conversations.add(conversation);
            }
        });
        return Collections.unmodifiableSet(conversations);
    }

    boolean heard(String conversation, long period) {
        lookUp(Set.of(conversation));
        return known.getOrDefault(conversation, List.of()).stream().anyMatch(stay -> stay.covers(conversation, period));
    }

    /** Whether both took part at that time. */
    public boolean heard(String conversation, Instant at) {
        lookUp(Set.of(conversation));
        return heard(conversation, periods.at(conversation, at));
    }
}
