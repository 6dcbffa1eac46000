package org.avatarengine.page;

import java.util.List;
import java.util.stream.Stream;
import org.avatarengine.graph.Graph;
import org.avatarengine.people.Duplicates;
import org.avatarengine.people.Merges;
import org.avatarengine.server.Api;
import org.jspecify.annotations.Nullable;

/** Likely duplicates with the evidence for and against them, and past merges, which can be undone. */
final class DuplicatesView {
    private static final double SURE = 0.9;
    private static final double LEAST = 0.5;

    /** Pairs to decide on, and past merges. */
    record Review(List<Card> open, List<Merged> merged) {}

    /**
     * A likely duplicate.
     *
     * @param kept the entry that remains after a merge; {@code gone} becomes part of it
     * @param probability that both are the same person, from 0 to 1
     * @param why the evidence for and against it, weighted in bits
     */
    record Card(Side kept, Side gone, double probability, boolean sure, List<Why> why) {}

    record Side(String id, String name, List<String> addresses, long sent) {}

    record Why(String comparison, String level, double bits) {}

    record Merged(String gone, @Nullable String name, String kept, String method, List<String> why) {}

    /** Two people, by id. */
    record PairOf(String kept, String gone) {}

    /** A merge to undo, by the id of the person that became part of another. */
    record Undo(String gone) {}

    private final Graph graph;
    private final GraphCache kept;

    DuplicatesView(Graph graph, GraphCache kept) {
        this.graph = graph;
        this.kept = kept;
    }

    void endpoints(Api api) {
        api.get("/api/duplicates", "Likely duplicates and past merges").answers(Review.class, call -> review());
        api.post("/api/duplicates/merge", "Merges two people")
                .body(PairOf.class)
                .answers(Review.class, call -> {
                    PairOf pair = call.body(PairOf.class);
                    Merges.Reason reason = Stream.concat(found().sure().stream(), found().open().stream())
                            .filter(c -> c.kept().id().equals(pair.kept)
                                    && c.gone().id().equals(pair.gone))
                            .findFirst()
                            .map(c -> new Merges.Reason(Duplicates.METHOD, c.probability(), c.why()))
                            .orElse(Merges.Reason.BY_HAND);
                    new Merges(graph).merge(pair.kept, pair.gone, reason);
                    kept.changed();
                    return review();
                });
        api.post("/api/duplicates/apart", "Records that two entries are not the same person")
                .body(PairOf.class)
                .answers(Review.class, call -> {
                    PairOf pair = call.body(PairOf.class);
                    new Merges(graph).keepApart(pair.kept, pair.gone);
                    kept.changed();
                    return review();
                });
        api.post("/api/duplicates/undo", "Undoes a merge").body(Undo.class).answers(Review.class, call -> {
            new Merges(graph).unmerge(call.body(Undo.class).gone);
            kept.changed();
            return review();
        });
    }

    private Review review() {
        return new Review(
                Stream.concat(
                                found().sure().stream().map(c -> card(c, true)),
                                found().open().stream().map(c -> card(c, false)))
                        .toList(),
                new Merges(graph)
                        .all().stream()
                                .map(m -> new Merged(m.gone(), m.name(), m.kept(), m.method(), m.evidence()))
                                .toList());
    }

    private Duplicates.Found found() {
        return kept.get(Duplicates.Found.class, () -> new Duplicates(graph).find(SURE, LEAST));
    }

    private static Card card(Duplicates.Candidate candidate, boolean sure) {
        return new Card(
                side(candidate.kept()),
                side(candidate.gone()),
                candidate.probability(),
                sure,
                candidate.evidence().stream()
                        .map(e -> new Why(e.comparison(), e.level(), e.bits()))
                        .toList());
    }

    private static Side side(Duplicates.Side side) {
        return new Side(side.id(), side.shown(), side.addresses(), side.sent());
    }
}
