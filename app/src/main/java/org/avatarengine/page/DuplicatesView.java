package org.avatarengine.page;

import java.util.List;
import java.util.stream.Stream;
import org.avatarengine.graph.Graph;
import org.avatarengine.people.Duplicates;
import org.avatarengine.people.Merges;
import org.avatarengine.server.Api;
import org.jspecify.annotations.Nullable;

/** People who may be one, with what speaks for and against it; merges that were made, and back. */
final class DuplicatesView {
    private static final double SURE = 0.9;
    private static final double LEAST = 0.5;

    /** Pairs to decide on, and merges that were made. */
    record Review(List<Card> open, List<Merged> merged) {}

    /** @param why what speaks for it and against it, with its weight in bits */
    record Card(Side kept, Side gone, double probability, boolean sure, List<Why> why) {}

    record Side(String id, String name, List<String> addresses, long sent) {}

    record Why(String comparison, String level, double bits) {}

    record Merged(String gone, @Nullable String name, String kept, String method, List<String> why) {}

    /** Two people, by id. */
    record PairOf(String kept, String gone) {}

    /** A merge, by the id of who became part of another. */
    record Undo(String gone) {}

    private final Graph graph;
    private final Kept kept;

    DuplicatesView(Graph graph, Kept kept) {
        this.graph = graph;
        this.kept = kept;
    }

    void endpoints(Api api) {
        api.get("/api/duplicates", "People who may be one, and merges that were made")
                .answers(Review.class, call -> review());
        api.post("/api/duplicates/merge", "Makes two people one")
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
        api.post("/api/duplicates/apart", "Notes that two people are not one")
                .body(PairOf.class)
                .answers(Review.class, call -> {
                    PairOf pair = call.body(PairOf.class);
                    new Merges(graph).keepApart(pair.kept, pair.gone);
                    kept.changed();
                    return review();
                });
        api.post("/api/duplicates/undo", "Takes a merge back").body(Undo.class).answers(Review.class, call -> {
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
