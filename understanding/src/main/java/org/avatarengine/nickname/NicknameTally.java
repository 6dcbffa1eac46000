package org.avatarengine.nickname;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.avatarengine.language.BoundedMap;
import org.avatarengine.nickname.NamesInText.Found;
import org.avatarengine.nickname.NamesInText.Kind;
import org.avatarengine.text.Token;
import org.jspecify.annotations.Nullable;

/**
 * Counts the names that people call each other. Tallies can be merged. For each pair, at most {@link #MOST} different
 * words are counted, those that are used most and are most likely names (see {@link BoundedMap}).
 */
public final class NicknameTally {
    static final int MOST = 128;

    /** The maximum number of spellings of a name that are counted. */
    private static final int MOST_FORMS = 8;

    private static final int EVIDENCE = 3;
    private static final double SURE = 0.5;

    /** The minimum rate of uses to others, so that a single use is weak evidence. */
    private static final double LEAST_RATE = 0.0005;

    private final Map<Pair, BoundedMap<Uses>> uses = new HashMap<>();
    private final Map<Pair, Long> sentTo = new HashMap<>();

    private record Pair(String by, String to) {}

    private static final class Uses {
        private final Kind kind;
        private final Map<String, Integer> written = new HashMap<>(2);
        private final List<String> evidence = new ArrayList<>(EVIDENCE);
        private String last = "";
        private double confidence;
        private int count;

        Uses(Kind kind) {
            this.kind = kind;
        }

        /** The estimated number of uses as a name. */
        double weight() {
            return count * confidence;
        }

        void merge(Uses other) {
            count += other.count;
            confidence = Math.max(confidence, other.confidence);
            other.written.forEach(this::write);
            other.evidence.stream().limit(EVIDENCE - evidence.size()).forEach(evidence::add);
        }

        void write(String form, int times) {
            if (written.size() < MOST_FORMS || written.containsKey(form)) {
                written.merge(form, times, Integer::sum);
            }
        }
    }

    /**
     * A nickname of a person.
     *
     * @param by who uses it; the person themself for a name they gave as their own
     * @param count how often it addressed them
     * @param elsewhere how often the same writer used it to address others
     * @param z how many standard errors it is used more to them than to others
     */
    public record Nickname(
            String name, Kind kind, String by, long count, long elsewhere, double z, List<String> evidence) {}

    /** Adds a message to one person. */
    public void add(String id, String by, String to, String text, List<Token> tokens) {
        sentTo.merge(new Pair(by, to), 1L, Long::sum);
        for (Found found : NamesInText.addresses(text, tokens)) {
            use(new Pair(by, to), found, id);
        }
        for (Found found : NamesInText.own(text, tokens)) {
            use(new Pair(by, by), found, id);
        }
    }

    /** Adds a mention, which its sender linked to a person, so that it is unambiguous. */
    public void mention(String id, String by, String person, String name) {
        String plain = name.startsWith("@") ? name.substring(1) : name;
        if (!plain.isBlank()) {
            Found found = new Found(Kind.NAME, plain.toLowerCase(Locale.ROOT), plain, 1);
            use(new Pair(by, person), found, id);
        }
    }

    private BoundedMap<Uses> uses(Pair pair) {
        return uses.computeIfAbsent(pair, p -> new BoundedMap<>(MOST, Uses::weight));
    }

    private void use(Pair pair, Found found, String id) {
        Uses its = uses(pair).of(found.text(), () -> new Uses(found.kind()));
        if (id.equals(its.last)) {
            return; // a mention that also addresses is one use
        }
        its.last = id;
        its.count++;
        its.confidence = Math.max(its.confidence, found.confidence());
        its.write(found.written(), 1);
        if (its.evidence.size() < EVIDENCE) {
            its.evidence.add(id);
        }
    }

    /** Adds another tally. */
    public void merge(NicknameTally other) {
        other.uses.forEach((pair, theirs) -> {
            BoundedMap<Uses> mine = uses(pair);
            theirs.forEach(
                    (name, its) -> mine.of(name, () -> new Uses(its.kind)).merge(its));
        });
        other.sentTo.forEach((pair, count) -> sentTo.merge(pair, count, Long::sum));
    }

    /**
     * The nicknames of a person, the most used first. A name counts if it has the position and spelling of a name, and is
     * used more to this person than to others; words of affection and for relatives count from two uses on.
     */
    public List<Nickname> of(String person) {
        List<Nickname> names = new ArrayList<>();
        uses.forEach((pair, called) -> {
            if (pair.to.equals(person)) {
                called.forEach((name, its) -> {
                    Nickname nickname = nickname(pair, name, its);
                    if (nickname != null) {
                        names.add(nickname);
                    }
                });
            }
        });
        names.sort(Comparator.comparingLong(Nickname::count)
                .reversed()
                .thenComparing(Nickname::name)
                .thenComparing(Nickname::by));
        return names;
    }

    /** The result for a pair's use of a name; null when it does not count. */
    private @Nullable Nickname nickname(Pair pair, String name, Uses its) {
        boolean own = pair.by.equals(pair.to);
        boolean sure = its.kind != Kind.NAME || its.confidence >= SURE;
        int least = its.kind == Kind.NAME ? 1 : 2;
        if (!sure || its.count < least) {
            return null;
        }
        Elsewhere elsewhere = elsewhere(pair, name);
        double z = own ? 0 : z(pair, its.count, elsewhere);
        return own || elsewhere.uses == 0 || z > 1.64
                ? new Nickname(written(its), its.kind, pair.by, its.count, elsewhere.uses, z, List.copyOf(its.evidence))
                : null;
    }

    /** How often the sender used the name to others, and the number of messages to them. */
    private record Elsewhere(long uses, long messages) {}

    private Elsewhere elsewhere(Pair here, String name) {
        long sum = 0;
        long messages = 0;
        for (Map.Entry<Pair, Long> sent : sentTo.entrySet()) {
            Pair pair = sent.getKey();
            if (pair.by.equals(here.by) && !pair.to.equals(here.to)) {
                BoundedMap<Uses> called = uses.get(pair);
                Uses there = called == null ? null : called.find(name);
                sum += there == null ? 0 : there.count;
                messages += sent.getValue();
            }
        }
        return new Elsewhere(sum, messages);
    }

    /** The excess of uses over those expected at the rate of the writer's messages to others, in Poisson standard errors. */
    private double z(Pair pair, long count, Elsewhere elsewhere) {
        long to = sentTo.getOrDefault(pair, 1L);
        double rate = elsewhere.messages == 0
                ? LEAST_RATE
                : Math.max(LEAST_RATE, (double) elsewhere.uses / elsewhere.messages);
        double expected = rate * to;
        return (count - expected) / Math.sqrt(expected + 0.25);
    }

    private static String written(Uses uses) {
        String most = uses.written.entrySet().stream()
                .max(Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .orElse("");
        return uses.kind == Kind.NAME ? most : most.toLowerCase(Locale.ROOT);
    }
}
