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

/** The network of who writes with whom. */
final class NetworkView {
    private static final int MOST_LINKS = 6_000;

    /** The number of messages of each person in each conversation. */
    private static final String SENT = """
            MATCH (p:Person)-[:SENT]->(m:Message)-[:SENT_TO]->(c:Conversation)
            RETURN c.id AS conversation, p.id AS person, count(m) AS messages ORDER BY conversation""";

    /** The relationship of each person to the owner. */
    private static final String FAMILIES = """
            MATCH (p:Person)-[:HAS_RELATIONSHIP]->(r:RelationshipPattern)-[:WITH]->(:Person {id: 'owner'})
            RETURN p.id AS person, r.family AS family""";

    /**
     * A network of people.
     *
     * @param omitted the number of weak links that are left out
     */
    record Network(List<Node> nodes, List<Link> links, long omitted) {}

    /**
     * A person in the network.
     *
     * @param family the kind of relationship to the owner; empty if unknown
     */
    record Node(String id, String name, long sent, boolean owner, String family) {}

    /**
     * How much two people write with each other.
     *
     * @param weight messages between the two; messages in a group are divided among its pairs
     */
    record Link(String one, String other, double weight) {}

    private record Pair(String one, String other) {}

    private final Graph graph;
    private final GraphCache kept;
    private final PeopleView people;

    NetworkView(Graph graph, GraphCache kept, PeopleView people) {
        this.graph = graph;
        this.kept = kept;
        this.people = people;
    }

    void endpoints(Api api) {
        api.get("/api/network", "Who writes with whom").answers(Network.class, call -> network());
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

    /** Divides the messages of a conversation among its pairs. Each message counts equally for all other members. */
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
