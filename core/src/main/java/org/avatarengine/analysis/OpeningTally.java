package org.avatarengine.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.avatarengine.analysis.Portrait.Opening;
import org.avatarengine.language.WordKinds;
import org.avatarengine.text.Token;

/** Counts how a person greets at the beginning of a session and takes leave at its end. Tallies merge. */
final class OpeningTally {
    private static final int LONGEST = 3;
    private static final int EVIDENCE = 3;

    private final Map<String, List<String>> greetings = new HashMap<>();
    private final Map<String, List<String>> farewells = new HashMap<>();
    private final Map<String, Long> counts = new HashMap<>();

    /** Takes in the first message of a session. */
    void first(String id, List<Token> tokens) {
        take(greetings, WordKinds.Kind.GREETING, id, tokens);
    }

    /** Takes in the last message of a session. */
    void last(String id, List<Token> tokens) {
        take(farewells, WordKinds.Kind.FAREWELL, id, tokens);
    }

    /** The run of words that opens the message, when its first or second word is one of the kind. */
    private void take(Map<String, List<String>> into, WordKinds.Kind kind, String id, List<Token> tokens) {
        StringBuilder text = new StringBuilder();
        boolean found = false;
        for (int i = 0; i < Math.min(LONGEST, tokens.size()) && tokens.get(i).isWord(); i++) {
            found |= i < 2 && WordKinds.is(tokens.get(i).text(), kind);
            text.append(i == 0 ? "" : " ").append(tokens.get(i).text());
        }
        if (found) {
            String key = text.toString();
            counts.merge(kind + key, 1L, Long::sum);
            List<String> shown = into.computeIfAbsent(key, k -> new ArrayList<>());
            if (shown.size() < EVIDENCE) {
                shown.add(id);
            }
        }
    }

    void merge(OpeningTally other) {
        merge(greetings, other.greetings);
        merge(farewells, other.farewells);
        other.counts.forEach((key, count) -> counts.merge(key, count, Long::sum));
    }

    private static void merge(Map<String, List<String>> mine, Map<String, List<String>> theirs) {
        theirs.forEach((text, ids) -> {
            List<String> shown = mine.computeIfAbsent(text, k -> new ArrayList<>());
            ids.stream().limit(EVIDENCE - shown.size()).forEach(shown::add);
        });
    }

    List<Opening> greetings(int limit) {
        return top(greetings, WordKinds.Kind.GREETING, limit);
    }

    List<Opening> farewells(int limit) {
        return top(farewells, WordKinds.Kind.FAREWELL, limit);
    }

    private List<Opening> top(Map<String, List<String>> from, WordKinds.Kind kind, int limit) {
        return from.entrySet().stream()
                .map(e ->
                        new Opening(e.getKey(), counts.getOrDefault(kind + e.getKey(), 0L), List.copyOf(e.getValue())))
                .filter(o -> o.count() >= 2)
                .sorted(Comparator.comparingLong(Opening::count).reversed().thenComparing(Opening::text))
                .limit(limit)
                .toList();
    }
}
