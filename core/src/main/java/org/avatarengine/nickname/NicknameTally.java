package org.avatarengine.nickname;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.avatarengine.nickname.NamesInText.Found;
import org.avatarengine.nickname.NamesInText.Kind;
import org.avatarengine.text.Token;

/** Counts what each person calls each other. Tallies merge. */
public final class NicknameTally {
    private static final int EVIDENCE = 3;
    private static final double SURE = 0.5;

    /** Uses by others per message are at least this, so that a single use proves little. */
    private static final double LEAST_RATE = 0.0005;

    private final Map<Key, Uses> uses = new HashMap<>();
    private final Map<Pair, Long> sentTo = new HashMap<>();

    private record Pair(String by, String to) {}

    private record Key(String by, String to, String name) {}

    private static final class Uses {
        private final Kind kind;
        private final Map<String, Integer> written = new HashMap<>();
        private final List<String> evidence = new ArrayList<>(EVIDENCE);
        private String last = "";
        private double confidence;
        private int count;

        Uses(Kind kind) {
            this.kind = kind;
        }
    }

    /**
     * A name somebody goes by.
     *
     * @param by who uses it; the person themself for a name they gave as their own
     * @param count how often it addressed them
     * @param elsewhere how often the same writer used it to address others
     * @param z how many standard errors it is used more to them than to others
     */
    public record Nickname(
            String name, Kind kind, String by, long count, long elsewhere, double z, List<String> evidence) {}

    /** Takes in a message to one person. */
    public void add(String id, String by, String to, String text, List<Token> tokens) {
        sentTo.merge(new Pair(by, to), 1L, Long::sum);
        for (Found found : NamesInText.addresses(text, tokens)) {
            use(new Key(by, to, found.text()), found, id);
        }
        for (Found found : NamesInText.own(text, tokens)) {
            use(new Key(by, by, found.text()), found, id);
        }
    }

    /** Takes in a mention: a name that its writer linked to a person, so there is no doubt whom it means. */
    public void mention(String id, String by, String person, String name) {
        String plain = name.startsWith("@") ? name.substring(1) : name;
        if (!plain.isBlank()) {
            Found found = new Found(Kind.NAME, plain.toLowerCase(Locale.ROOT), plain, 1);
            use(new Key(by, person, found.text()), found, id);
        }
    }

    private void use(Key key, Found found, String id) {
        Uses its = uses.computeIfAbsent(key, k -> new Uses(found.kind()));
        if (id.equals(its.last)) {
            return; // a mention that also addresses is one use
        }
        its.last = id;
        its.count++;
        its.confidence = Math.max(its.confidence, found.confidence());
        its.written.merge(found.written(), 1, Integer::sum);
        if (its.evidence.size() < EVIDENCE) {
            its.evidence.add(id);
        }
    }

    /** Adds what another tally counted. */
    public void merge(NicknameTally other) {
        other.uses.forEach((key, theirs) -> {
            Uses mine = uses.computeIfAbsent(key, k -> new Uses(theirs.kind));
            mine.count += theirs.count;
            mine.confidence = Math.max(mine.confidence, theirs.confidence);
            theirs.written.forEach((form, count) -> mine.written.merge(form, count, Integer::sum));
            theirs.evidence.stream().limit(EVIDENCE - mine.evidence.size()).forEach(mine.evidence::add);
        });
        other.sentTo.forEach((pair, count) -> sentTo.merge(pair, count, Long::sum));
    }

    /**
     * What somebody is called, the most used first. A name counts when it stands and is written as names are, and is used
     * more to them than its writer uses it to others; words of affection and for relatives count from two uses on.
     */
    public List<Nickname> of(String person) {
        List<Nickname> names = new ArrayList<>();
        uses.forEach((key, its) -> {
            if (!key.to.equals(person)) {
                return;
            }
            boolean own = key.by.equals(person);
            Elsewhere elsewhere = elsewhere(key);
            double z = own ? 0 : z(key, its.count, elsewhere);
            boolean sure = its.kind != Kind.NAME || its.confidence >= SURE;
            int least = its.kind == Kind.NAME ? 1 : 2;
            if (sure && its.count >= least && (own || elsewhere.uses == 0 || z > 1.64)) {
                names.add(new Nickname(
                        written(its), its.kind, key.by, its.count, elsewhere.uses, z, List.copyOf(its.evidence)));
            }
        });
        names.sort(Comparator.comparingLong(Nickname::count).reversed().thenComparing(Nickname::name));
        return names;
    }

    /** How often the writer used the name to others, and how many messages they sent to those. */
    private record Elsewhere(long uses, long messages) {}

    private Elsewhere elsewhere(Key key) {
        long sum = 0;
        long messages = 0;
        for (Map.Entry<Pair, Long> pair : sentTo.entrySet()) {
            if (pair.getKey().by.equals(key.by) && !pair.getKey().to.equals(key.to)) {
                Uses there = uses.get(new Key(key.by, pair.getKey().to, key.name));
                sum += there == null ? 0 : there.count;
                messages += pair.getValue();
            }
        }
        return new Elsewhere(sum, messages);
    }

    /** The excess of uses over those expected at the rate of the writer's messages to others, in Poisson standard errors. */
    private double z(Key key, long count, Elsewhere elsewhere) {
        long to = sentTo.getOrDefault(new Pair(key.by, key.to), 1L);
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
