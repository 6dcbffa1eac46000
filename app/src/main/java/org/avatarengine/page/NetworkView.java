package org.avatarengine.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.avatarengine.graph.Graph;
import org.avatarengine.server.Api;

/** Who talks with whom, as a network. */
final class NetworkView {
    private static final int MOST_LINKS = 6_000;

    /** Who wrote how much in which conversation. */
    private static final String SENT = """
            MATCH (p:Person)-[:SENT]->(m:Message)-[:SENT_TO]->(c:Conversation)
            RETURN c.id AS conversation, p.id AS person, count(m) AS messages ORDER BY conversation""";

    /** What people are to the owner. */
    private static final String FAMILIES = """
            MATCH (p:Person)-[:HAS_RELATIONSHIP]->(r:RelationshipPattern)-[:WITH]->(:Person {id: 'owner'})
            RETURN p.id AS person, r.family AS family""";

    /**
     * A network of people.
     *
     * @param omitted how many weak links are left out
     */
    record Network(List<Node> nodes, List<Link> links, long omitted) {}

    /** @param family what they are to the owner; empty when that is not known */
    record Node(String id, String name, long sent, boolean owner, String family) {}

    /**
     * How much two people talk.
     *
     * @param weight messages between the two; in a group each pair has its part
     */
    record Link(String one, String other, double weight) {}

    private record Pair(String one, String other) {}

    private final Graph graph;
    private final Kept kept;
    private final PeopleView people;

    NetworkView(Graph graph, Kept kept, PeopleView people) {
        this.graph = graph;
        this.kept = kept;
        this.people = people;
    }

    void endpoints(Api api) {
        api.get("/api/network", "Who talks with whom").answers(Network.class, call -> network());
    }

    Network network() {
        return kept.get(Network.class, this::compute);
    }

    private Network compute() {
        Map<Pair, Double> weights = new HashMap<>();
        Map<String, Long> members = new HashMap<>();
        String[] current = {""};
        graph.read(SENT, Map.of(), row -> {
            String conversation = row.requireText("conversation");
            if (!conversation.equals(current[0])) {
                add(members, weights);
                members.clear();
                current[0] = conversation;
            }
            members.merge(row.requireText("person"), row.number("messages"), Long::sum);
        });
        add(members, weights);
        List<Link> links = weights.entrySet().stream()
                .map(e -> new Link(e.getKey().one, e.getKey().other, e.getValue()))
                .sorted(Comparator.comparingDouble(Link::weight).reversed())
                .toList();
        List<Link> shown = links.subList(0, Math.min(MOST_LINKS, links.size()));
        Set<String> linked = new HashSet<>();
        shown.forEach(link -> linked.addAll(List.of(link.one, link.other)));
        Map<String, String> families = new HashMap<>();
        graph.read(
                FAMILIES, Map.of(), row -> families.put(row.requireText("person"), String.valueOf(row.text("family"))));
        List<Node> nodes = people.all().stream()
                .filter(entry -> linked.contains(entry.id()))
                .map(entry -> new Node(
                        entry.id(), entry.name(), entry.sent(), entry.owner(), families.getOrDefault(entry.id(), "")))
                .toList();
        return new Network(nodes, shown, links.size() - shown.size());
    }

    /** Shares what was written in a conversation out to its pairs: what one writes goes to all others alike. */
    private static void add(Map<String, Long> members, Map<Pair, Double> weights) {
        List<Map.Entry<String, Long>> all = new ArrayList<>(members.entrySet());
        all.sort(Map.Entry.comparingByKey());
        for (int i = 0; i < all.size(); i++) {
            for (int j = i + 1; j < all.size(); j++) {
                Map.Entry<String, Long> one = all.get(i);
                Map.Entry<String, Long> other = all.get(j);
                double between = (double) (one.getValue() + other.getValue()) / (all.size() - 1);
                weights.merge(new Pair(one.getKey(), other.getKey()), between, Double::sum);
            }
        }
    }
}
