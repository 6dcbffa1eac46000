package org.avatarengine.people;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Row;
import org.avatarengine.linkage.Clusters;
import org.avatarengine.linkage.FellegiSunter.Evidence;
import org.avatarengine.linkage.FellegiSunter.Verdict;
import org.avatarengine.people.PersonLinkage.Known;
import org.jspecify.annotations.Nullable;

/** Finds likely duplicates among the people of the graph. */
public final class Duplicates {
    /** The version of the method, stored with each merge. */
    public static final String METHOD = "fellegi-sunter-1";

    /** A phone number as stored. App accounts ({@code telegram:user1}) do not match. */
    private static final Pattern PHONE = Pattern.compile("\\+?\\d+");

    private static final String PERSONS = """
            MATCH (p:Person)
            RETURN p.id AS id, p.name AS name, p.givenName AS given, p.familyName AS family, p.nickname AS nickname,
                   p.organization AS organization, p.owner AS owner, p.addresses AS addresses,
                   p.relatedRoles AS roles, p.relatedNames AS related,
                   COLLECT { MATCH (p)-[:HAS_HANDLE]->(h:Handle) RETURN h.id } AS handles,
                   COLLECT { MATCH (p)-[:MEMBER_OF]->(c:Conversation {group: true}) RETURN DISTINCT c.id } AS groups,
                   COUNT { (p)-[:SENT]->(:Message) } AS sent""";

    private static final String MEMBERS = """
            MATCH (c:Conversation {group: true})<-[:MEMBER_OF]-(p:Person)
            RETURN c.id AS conversation, collect(DISTINCT p.id) AS members""";

    /** The person to keep comes last. */
    private static final Comparator<Side> ORDER = Comparator.comparing(Side::owner)
            .thenComparing(side -> side.name() != null)
            .thenComparingLong(Side::sent)
            .thenComparing(Side::id);

    private final Graph graph;

    public Duplicates(Graph graph) {
        this.graph = graph;
    }

    /**
     * Two likely duplicates with the evidence.
     *
     * @param kept the person to keep
     * @param gone the person who would be merged into the other
     * @param probability that they are the same person, 0 to 1
     */
    public record Candidate(Side kept, Side gone, double probability, List<Evidence> evidence) {
        /** The evidence as lines for the user, strongest first. */
        public List<String> why() {
            return evidence.stream()
                    .sorted(Comparator.comparingDouble((Evidence e) -> -Math.abs(e.bits())))
                    .map(e -> String.format(Locale.ROOT, "%s: %s (%+.1f bits)", e.comparison(), e.level(), e.bits()))
                    .toList();
        }
    }

    /** One of two likely duplicates. */
    public record Side(String id, @Nullable String name, List<String> addresses, long sent, boolean owner) {
        /** The name to show. */
        public String shown() {
            return name != null ? name : owner ? "Me" : addresses.isEmpty() ? id : addresses.getFirst();
        }
    }

    /**
     * The result of a search.
     *
     * @param sure pairs with at least the upper probability; each person is merged at most once
     * @param open pairs between the two probabilities, after the sure pairs have been merged
     */
    public record Found(List<Candidate> sure, List<Candidate> open) {}

    /**
     * Finds likely duplicates, highest probability first. Leaves out pairs that were marked as different people, and
     * merges that would join them indirectly.
     *
     * @param sure the upper probability, 0 to 1
     * @param least the lower probability, 0 to 1
     */
    public Found find(double sure, double least) {
        Map<String, Side> sides = new HashMap<>();
        List<Known> known = new ArrayList<>();
        Map<String, List<String>> members = new HashMap<>();
        graph.read(MEMBERS, Map.of(), row -> members.put(row.requireText("conversation"), row.texts("members")));
        graph.read(PERSONS, Map.of(), row -> {
            sides.put(row.requireText("id"), side(row));
            known.add(known(row, members));
        });
        List<Verdict> verdicts =
                PersonLinkage.linkage().link(known.stream().map(Known::asRecord).toList(), least);
        Clusters clusters = new Clusters();
        new Merges(graph).keptApart().forEach(pair -> clusters.keepApart(pair.one(), pair.other()));
        List<Candidate> merged = new ArrayList<>();
        Map<String, Side> afterMerges = new HashMap<>(sides);
        for (List<String> cluster : clusters.join(verdicts, sure)) {
            merged.addAll(within(cluster, verdicts, sides));
            cluster.forEach(id -> afterMerges.put(id, kept(cluster, sides)));
        }
        Map<String, Candidate> open = new LinkedHashMap<>();
        for (Verdict v : verdicts) {
            Side one = Objects.requireNonNull(afterMerges.get(v.one()));
            Side other = Objects.requireNonNull(afterMerges.get(v.other()));
            if (v.probability() < sure && !one.equals(other) && clusters.mayJoin(v.one(), v.other())) {
                Side kept = ORDER.compare(one, other) >= 0 ? one : other;
                Side gone = kept == one ? other : one;
                open.putIfAbsent(kept.id() + '|' + gone.id(), new Candidate(kept, gone, v.probability(), v.evidence()));
            }
        }
        merged.sort(Comparator.comparingDouble(Candidate::probability)
                .reversed()
                .thenComparing(c -> c.gone().id()));
        return new Found(merged, List.copyOf(open.values()));
    }

    private static Side kept(List<String> cluster, Map<String, Side> sides) {
        return cluster.stream()
                .map(id -> Objects.requireNonNull(sides.get(id)))
                .max(ORDER)
                .orElseThrow();
    }

    /** Pairs each other member of a cluster with the member to keep, using the strongest verdict on it. */
    private static List<Candidate> within(List<String> cluster, List<Verdict> verdicts, Map<String, Side> sides) {
        Side kept = kept(cluster, sides);
        Set<String> ids = new HashSet<>(cluster);
        List<Candidate> candidates = new ArrayList<>();
        for (String id : cluster) {
            if (!id.equals(kept.id())) {
                verdicts.stream()
                        .filter(v -> v.one().equals(id) || v.other().equals(id))
                        .filter(v -> ids.contains(v.one()) && ids.contains(v.other()))
                        .max(Comparator.comparingDouble(Verdict::probability))
                        .ifPresent(v -> candidates.add(new Candidate(
                                kept, Objects.requireNonNull(sides.get(id)), v.probability(), v.evidence())));
            }
        }
        return candidates;
    }

    private static Side side(Row row) {
        return new Side(
                row.requireText("id"), row.text("name"), addresses(row), row.number("sent"), row.isTrue("owner"));
    }

    private static List<String> addresses(Row row) {
        return Stream.concat(row.texts("handles").stream(), row.texts("addresses").stream())
                .distinct()
                .sorted()
                .toList();
    }

    private static Known known(Row row, Map<String, List<String>> members) {
        String id = row.requireText("id");
        List<String> addresses = addresses(row);
        List<String> groups = row.texts("groups");
        List<String> roles = row.texts("roles");
        List<String> related = row.texts("related");
        String given = row.text("given");
        String family = row.text("family");
        if (given == null && family == null) {
            String name = row.text("name");
            int last = name == null ? -1 : name.strip().lastIndexOf(' ');
            given = name == null ? "" : last < 0 ? name.strip() : name.strip().substring(0, last);
            family = name == null || last < 0 ? "" : name.strip().substring(last + 1);
        }
        String nickname = row.text("nickname");
        String organization = row.text("organization");
        return new Known(
                id,
                given == null ? "" : given,
                family == null ? "" : family,
                addresses.stream().filter(a -> PHONE.matcher(a).matches()).toList(),
                addresses.stream().filter(a -> a.indexOf('@') > 0).toList(),
                nickname == null ? List.of() : List.of(nickname),
                organization == null ? "" : organization,
                groups,
                groups.stream()
                        .flatMap(g -> members.getOrDefault(g, List.of()).stream())
                        .filter(m -> !m.equals(id) && !m.equals(People.OWNER))
                        .distinct()
                        .toList(),
                IntStream.range(0, Math.min(roles.size(), related.size()))
                        .mapToObj(i -> roles.get(i) + " " + related.get(i))
                        .toList());
    }
}
