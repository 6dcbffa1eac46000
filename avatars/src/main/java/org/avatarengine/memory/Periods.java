package org.avatarengine.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.avatarengine.graph.Graph;
import org.jspecify.annotations.Nullable;

/**
 * The memberships in a conversation over time. Each recorded joining, leaving and removal begins a new period, numbered
 * from 0; within a period the members are the same. People without a record count as members from beginning to end, and
 * added people as absent before.
 */
final class Periods {
    private static final String CHANGES = """
            UNWIND $conversations AS id
            MATCH (:Conversation {id: id})<-[:HAPPENED_IN]-(g:GroupChange)
            WHERE g.kind IN ['MEMBER_ADDED', 'MEMBER_REMOVED', 'MEMBER_LEFT'] AND g.at IS NOT NULL
            OPTIONAL MATCH (g)-[:MADE_BY]->(actor:Person)
            OPTIONAL MATCH (g)-[:CONCERNS]->(subject:Person)
            RETURN id, g.id AS change, g.kind AS kind, g.at AS at, actor.id AS actor, subject.id AS subject
            ORDER BY id, at, change""";

    private final Map<String, List<Change>> changes = new LinkedHashMap<>();

    private record Change(
            Instant at, boolean joins, @Nullable String who) {}

    static Periods of(Graph graph, Set<String> conversations) {
        Periods periods = new Periods();
        periods.add(graph, conversations);
        return periods;
    }

    /** Reads the changes of further conversations. */
    void add(Graph graph, Set<String> conversations) {
        if (conversations.isEmpty()) {
            return;
        }
        graph.read(CHANGES, Map.of("conversations", List.copyOf(conversations)), row -> {
            Instant at = row.time("at");
            if (at != null) {
                String kind = row.requireText("kind");
                String who = kind.equals("MEMBER_LEFT") ? row.text("actor") : row.text("subject");
                changes.computeIfAbsent(row.requireText("id"), id -> new ArrayList<>())
                        .add(new Change(at, kind.equals("MEMBER_ADDED"), who));
            }
        });
    }

    /** The period at a time. */
    long at(String conversation, Instant when) {
        List<Change> itsChanges = changes.getOrDefault(conversation, List.of());
        int before = 0;
        int after = itsChanges.size();
        while (before < after) {
            int middle = (before + after) >>> 1;
            if (itsChanges.get(middle).at.isAfter(when)) {
                after = middle;
            } else {
                before = middle + 1;
            }
        }
        return before;
    }

    /** The times in which all of these people were members of a conversation. */
    List<MembershipSpan> stays(String conversation, Set<String> people) {
        List<Change> itsChanges = changes.getOrDefault(conversation, List.of());
        boolean[] absent = new boolean[itsChanges.size() + 1];
        for (String one : people) {
            boolean there = itsChanges.stream()
                    .filter(change -> one.equals(change.who))
                    .findFirst()
                    .map(first -> !first.joins)
                    .orElse(true);
            absent[0] |= !there;
            for (int i = 0; i < itsChanges.size(); i++) {
                if (one.equals(itsChanges.get(i).who)) {
                    there = itsChanges.get(i).joins;
                }
                absent[i + 1] |= !there;
            }
        }
        List<MembershipSpan> stays = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= absent.length; i++) {
            if (i == absent.length || absent[i]) {
                if (i > from) {
                    stays.add(new MembershipSpan(conversation, from, i - 1));
                }
                from = i + 1;
            }
        }
        return stays;
    }
}
