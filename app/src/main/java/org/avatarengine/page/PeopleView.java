package org.avatarengine.page;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.avatarengine.graph.Graph;
import org.avatarengine.people.Consents;
import org.avatarengine.people.People;
import org.avatarengine.people.Person;
import org.avatarengine.server.Api;
import org.avatarengine.server.Call;
import org.avatarengine.server.Refusal;
import org.jspecify.annotations.Nullable;

/** The list of people with search and sort order, and their consent to avatars. */
final class PeopleView {
    private static final int MOST = 500;

    private static final String ANALYZED = "MATCH (p:Person)-[:HAS_PROFILE]->(:CommunicationProfile) RETURN p.id AS id";

    /**
     * A person in a list.
     *
     * @param named whether the name is known; otherwise {@code name} is an address
     * @param analyzed whether there is a portrait
     * @param consented whether they have agreed to an avatar
     */
    record Entry(
            String id,
            String name,
            boolean named,
            boolean owner,
            List<String> handles,
            @Nullable String organization,
            long sent,
            long conversations,
            @Nullable Instant first,
            @Nullable Instant last,
            boolean analyzed,
            boolean consented) {}

    /** A part of the list. */
    record Listed(long total, List<Entry> people) {}

    /** The sort order of a list. */
    enum Order {
        SENT,
        NAME,
        LAST
    }

    /** Whether a person agrees to an avatar. */
    record Agreement(String id, boolean agrees) {}

    private record All(List<Person> people) {}

    private final Graph graph;
    private final GraphCache kept;
    private final Clock clock;

    PeopleView(Graph graph, GraphCache kept, Clock clock) {
        this.graph = graph;
        this.kept = kept;
        this.clock = clock;
    }

    void endpoints(Api api) {
        api.get("/api/people", "People, the most active first")
                .takes("q", String.class, "Part of a name or an address")
                .takes("order", Order.class, "Sort order of the list")
                .takes("offset", Integer.class, "Number of results to skip")
                .takes("limit", Integer.class, "Maximum number of results")
                .answers(Listed.class, this::list);
        api.post("/api/people/consent", "Records whether a person agrees to an avatar")
                .body(Agreement.class)
                .answers(Entry.class, call -> agree(call.body(Agreement.class)));
    }

    /** All people, the most active first. Only the message counts, which are slow, come from the cache. */
    List<Entry> all() {
        Set<String> analyzed = new HashSet<>();
        graph.read(ANALYZED, Map.of(), row -> analyzed.add(row.requireText("id")));
        Set<String> consented =
                new Consents(graph).all().stream().map(Consents.Consent::id).collect(Collectors.toSet());
        return kept.get(All.class, () -> new All(new People(graph).all())).people.stream()
                .map(person -> entry(person, analyzed.contains(person.id()), consented.contains(person.id())))
                .toList();
    }

    Entry find(String id) {
        return all().stream()
                .filter(entry -> entry.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Refusal.missing("This person does not exist."));
    }

    private static Entry entry(Person person, boolean analyzed, boolean consented) {
        return new Entry(
                person.id(),
                person.name(),
                person.named(),
                person.owner(),
                person.handles(),
                person.organization(),
                person.sent(),
                person.conversations(),
                person.first(),
                person.last(),
                analyzed,
                consented);
    }

    private Listed list(Call call) {
        String part = call.optional("q");
        String lower = part == null ? "" : part.toLowerCase(Locale.ROOT);
        List<Entry> found = all().stream()
                .filter(entry -> entry.name().toLowerCase(Locale.ROOT).contains(lower)
                        || entry.handles().stream().anyMatch(handle -> handle.contains(lower)))
                .sorted(
                        switch (call.choice("order", Order.SENT)) {
                            case SENT -> Comparator.comparingLong(Entry::sent).reversed();
                            case NAME -> Comparator.comparing(Entry::name, String.CASE_INSENSITIVE_ORDER);
                            case LAST ->
                                Comparator.comparing(
                                        Entry::last, Comparator.nullsLast(Comparator.<Instant>reverseOrder()));
                        })
                .toList();
        return new Listed(
                found.size(),
                found.stream()
                        .skip(call.number("offset", 0, 0, Integer.MAX_VALUE))
                        .limit(call.number("limit", 100, 1, MOST))
                        .toList());
    }

    private Entry agree(Agreement agreement) {
        Person person = new People(graph).find(find(agreement.id()).id());
        Consents consents = new Consents(graph);
        if (agreement.agrees()) {
            consents.give(person, clock.instant());
        } else {
            consents.withdraw(person);
        }
        return find(agreement.id());
    }
}
