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
 * Who was in a conversation when. Each joining, leaving and removal that is on record begins a new period, numbered from
 * 0; within a period the members are the same. Who has no such record counts as there from beginning to end, and who was
 * added as absent before.
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

    private Periods() {}

    static Periods of(Graph graph, Set<String> conversations) {
        Periods periods = new Periods();
        graph.read(CHANGES, Map.of("conversations", List.copyOf(conversations)), row -> {
            Instant at = row.time("at");
            if (at != null) {
                String kind = row.requireText("kind");
                String who = kind.equals("MEMBER_LEFT") ? row.text("actor") : row.text("subject");
                periods.changes
                        .computeIfAbsent(row.requireText("id"), id -> new ArrayList<>())
                        .add(new Change(at, kind.equals("MEMBER_ADDED"), who));
            }
        });
        return periods;
    }

    /** The period in which something was said. */
    long at(String conversation, Instant when) {
        return changes.getOrDefault(conversation, List.of()).stream()
                .filter(change -> !change.at.isAfter(when))
                .count();
    }

    /** The times that all of these people, who are members, were in a conversation together. */
    List<Stay> stays(String conversation, Set<String> people) {
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
        List<Stay> stays = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= absent.length; i++) {
            if (i == absent.length || absent[i]) {
                if (i > from) {
                    stays.add(new Stay(conversation, from, i - 1));
                }
                from = i + 1;
            }
        }
        return stays;
    }
}
