package org.avatarengine.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.avatarengine.analysis.Portrait.Opening;
import org.avatarengine.language.BoundedMap;
import org.avatarengine.language.WordKinds;
import org.avatarengine.text.Token;

/**
 * Counts a person's greetings at the beginning of sessions and farewells at their end. Tallies can be merged. At most
 * {@link #MOST} different texts of each kind are counted, the most frequent ones (see {@link BoundedMap}).
 */
final class OpeningTally {
    static final int MOST = 256;

    private static final int LONGEST = 3;
    private static final int EVIDENCE = 3;

    private final BoundedMap<Uses> greetings = new BoundedMap<>(MOST, uses -> uses.count);
    private final BoundedMap<Uses> farewells = new BoundedMap<>(MOST, uses -> uses.count);

    private static final class Uses {
        private final List<String> evidence = new ArrayList<>(EVIDENCE);
        private long count;
    }

    /** Adds the first message of a session. */
    void first(String id, List<Token> tokens) {
        take(greetings, WordKinds.Kind.GREETING, id, tokens);
    }

    /** Adds the last message of a session. */
    void last(String id, List<Token> tokens) {
        take(farewells, WordKinds.Kind.FAREWELL, id, tokens);
    }

    /** The words at the beginning of the message, if its first or second word is a greeting or farewell. */
    private static void take(BoundedMap<Uses> into, WordKinds.Kind kind, String id, List<Token> tokens) {
        StringBuilder text = new StringBuilder();
        boolean found = false;
        for (int i = 0; i < Math.min(LONGEST, tokens.size()) && tokens.get(i).isWord(); i++) {
            found |= i < 2 && WordKinds.is(tokens.get(i).text(), kind);
            text.append(i == 0 ? "" : " ").append(tokens.get(i).text());
        }
        if (found) {
            Uses uses = into.of(text.toString(), Uses::new);
            uses.count++;
            if (uses.evidence.size() < EVIDENCE) {
                uses.evidence.add(id);
            }
        }
    }

    void merge(OpeningTally other) {
        merge(greetings, other.greetings);
        merge(farewells, other.farewells);
    }

    private static void merge(BoundedMap<Uses> mine, BoundedMap<Uses> theirs) {
        theirs.forEach((text, its) -> {
            Uses uses = mine.of(text, Uses::new);
            uses.count += its.count;
            its.evidence.stream().limit(EVIDENCE - uses.evidence.size()).forEach(uses.evidence::add);
        });
    }

    List<Opening> greetings(int limit) {
        return top(greetings, limit);
    }

    List<Opening> farewells(int limit) {
        return top(farewells, limit);
    }

    private static List<Opening> top(BoundedMap<Uses> from, int limit) {
        List<Opening> openings = new ArrayList<>();
        from.forEach((text, uses) -> {
            if (uses.count >= 2) {
                openings.add(new Opening(text, uses.count, List.copyOf(uses.evidence)));
            }
        });
        openings.sort(Comparator.comparingLong(Opening::count).reversed().thenComparing(Opening::text));
        return List.copyOf(openings.subList(0, Math.min(limit, openings.size())));
    }
}
