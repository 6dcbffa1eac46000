package org.avatarengine.relationship;

import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.avatarengine.text.Token;
import org.avatarengine.vectors.LinearModel;
import org.jspecify.annotations.Nullable;

/**
 * Classifies the relationship of two people segment by segment, so that it can change over time. Tallies of different
 * conversations of the same two people can be merged.
 */
public final class RelationshipTally {
    /** The version of the method, stored with its results. */
    public static final String METHOD = "dialogre-logistic-1";

    /** The length of a segment, about that of the dialogues in the training data. */
    private static final int STRETCH = 14;

    private static final int EVIDENCE = 6;
    private static final LinearModel MODEL =
            LinearModel.read(Objects.requireNonNull(RelationshipTally.class.getResourceAsStream("model.tsv")));
    private static final double[] BASE = MODEL.probabilities(Map.of());

    /** Adjacent segments are correlated, so a history counts as at most this many independent ones. */
    private static final double MOST_INDEPENDENT = 6;

    /** The prior of each family among chat partners; an estimate, which any real evidence outweighs. */
    private static final double[] PRIOR = {0.2, 0.08, 0.42, 0.15, 0.15};

    private static final int LEAST_OF_PERIOD = 3;

    /** The log odds that a role on a card, in a name or in an address adds to its family. */
    private static final double ROLE = 5;

    private final Map<String, Period> quarters = new TreeMap<>();
    private final Map<String, Integer> calledByOne = new HashMap<>();
    private final Map<String, Integer> calledByOther = new HashMap<>();
    private final Map<String, Double> features = new HashMap<>();
    private final List<String> evidence = new ArrayList<>();
    private Exchange stretch = new Exchange();
    private @Nullable ZonedDateTime stretchBegan;
    private long byOne;
    private long byOther;
    private long atWork;
    private long atNight;

    private static final class Period {
        private final double[] sums = new double[PRIOR.length];
        private int stretches;

        void add(Period other) {
            for (int c = 0; c < sums.length; c++) {
                sums[c] += other.sums[c];
            }
            stretches += other.stretches;
        }
    }

    /**
     * Adds a message. Messages must be in chronological order; hours are those of the time's zone.
     *
     * @param fromOne whether it is from the first of the two
     */
    public void add(String id, boolean fromOne, ZonedDateTime local, List<Token> tokens) {
        if (fromOne) {
            byOne++;
        } else {
            byOther++;
        }
        atWork += local.getDayOfWeek().getValue() <= 5 && local.getHour() >= 9 && local.getHour() < 17 ? 1 : 0;
        atNight += local.getHour() >= 22 || local.getHour() < 4 ? 1 : 0;
        ZonedDateTime began = stretchBegan;
        if (began != null && stretch.messages() >= STRETCH) {
            end();
            began = null;
        }
        if (began == null) {
            stretchBegan = local;
        }
        if (stretch.add(tokens) && evidence.size() < EVIDENCE) {
            evidence.add(id);
        }
        for (int i = 0; i < tokens.size(); i++) {
            String kin = tokens.get(i).isWord() ? KinRoles.of(tokens.get(i).text()) : null;
            if (kin != null && org.avatarengine.text.Address.isAddress(tokens, i, i + 1)) {
                (fromOne ? calledByOne : calledByOther).merge(kin, 1, Integer::sum);
            }
        }
    }

    private void end() {
        ZonedDateTime began = stretchBegan;
        if (began == null || stretch.messages() == 0) {
            return;
        }
        Map<String, Double> itsFeatures = stretch.features();
        double[] p = MODEL.probabilities(itsFeatures);
        Period period =
                quarters.computeIfAbsent(began.getYear() + "-Q" + (began.getMonthValue() + 2) / 3, q -> new Period());
        for (int c = 0; c < p.length; c++) {
            period.sums[c] += Math.log(p[c] / BASE[c]);
        }
        period.stretches++;
        itsFeatures.forEach((feature, value) -> features.merge(feature, value, Double::sum));
        stretch = new Exchange();
        stretchBegan = null;
    }

    /** Ends the conversation; later messages belong to another one. */
    public void endConversation() {
        end();
    }

    /** Adds another tally of the same two people. */
    public void merge(RelationshipTally other) {
        other.quarters.forEach((quarter, period) ->
                quarters.computeIfAbsent(quarter, q -> new Period()).add(period));
        other.calledByOne.forEach((role, count) -> calledByOne.merge(role, count, Integer::sum));
        other.calledByOther.forEach((role, count) -> calledByOther.merge(role, count, Integer::sum));
        other.features.forEach((feature, value) -> features.merge(feature, value, Double::sum));
        other.evidence.stream().limit(EVIDENCE - evidence.size()).forEach(evidence::add);
        byOne += other.byOne;
        byOther += other.byOther;
        atWork += other.atWork;
        atNight += other.atNight;
    }

    /**
     * What other sources say about the two people.
     *
     * @param nameOfOne how the first is called in the address book; empty when unknown
     * @param roleOfOther what a contact card says that the second is to the first, such as mother; null for nothing
     * @param automated whether one of the two is a machine
     */
    public record Known(
            String nameOfOne,
            String nameOfOther,
            @Nullable String roleOfOne,
            @Nullable String roleOfOther,
            boolean automated) {}

    /** Classifies the relationship. */
    public RelationshipVerdict judge(Known known) {
        end();
        Period all = new Period();
        quarters.values().forEach(all::add);
        List<String> reasons = new ArrayList<>();
        double[] scores = scores(all, true);
        String roleOfOne = role(known.roleOfOne(), known.nameOfOne(), calledByOther, reasons);
        String roleOfOther = role(known.roleOfOther(), known.nameOfOther(), calledByOne, reasons);
        for (String role : new String[] {roleOfOne, roleOfOther}) {
            if (role != null) {
                scores[KinRoles.family(role).ordinal()] += ROLE;
            }
        }
        habits(scores, reasons);
        double[] p = LinearModel.softmax(scores);
        int best = LinearModel.best(p);
        Family family = Family.values()[best];
        double probability = p[best];
        if (known.automated() || oneSided()) {
            family = Family.SERVICE;
            probability = known.automated() ? 0.99 : 0.8;
            reasons.add(known.automated() ? "automated sender" : "only one side has written");
        }
        MODEL.explain(mean(), best, 10).stream()
                .filter(c -> c.logOdds() > 0.05 && c.feature().startsWith(Exchange.KIND))
                .map(c -> "words about “" + kind(c.feature()) + "”")
                .distinct()
                .limit(3)
                .forEach(reasons::add);
        boolean kin = family == Family.FAMILY || family == Family.ROMANTIC;
        return new RelationshipVerdict(
                family,
                kin && roleOfOne == null && roleOfOther != null
                        ? KinRoles.opposite(roleOfOther)
                        : kin ? roleOfOne : null,
                kin && roleOfOther == null && roleOfOne != null
                        ? KinRoles.opposite(roleOfOne)
                        : kin ? roleOfOther : null,
                probability,
                java.util.Arrays.stream(p).boxed().toList(),
                byOne,
                byOther,
                periods(),
                reasons,
                List.copyOf(evidence));
    }

    private static double[] scores(Period period, boolean damped) {
        double[] scores = new double[PRIOR.length];
        double independent = Math.min(damped ? MOST_INDEPENDENT : MOST_INDEPENDENT / 2, period.stretches);
        for (int c = 0; c < scores.length; c++) {
            scores[c] =
                    Math.log(PRIOR[c]) + (period.stretches == 0 ? 0 : period.sums[c] / period.stretches * independent);
        }
        return scores;
    }

    private static @Nullable String role(
            @Nullable String onCard, String name, Map<String, Integer> called, List<String> reasons) {
        if (onCard != null) {
            reasons.add("a contact card says " + onCard);
            return onCard;
        }
        String inName = KinRoles.inName(name);
        if (inName != null) {
            reasons.add("the contact's name says " + inName);
            return inName;
        }
        Map.Entry<String, Integer> most = called.entrySet().stream()
                .max(Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .orElse(null);
        if (most != null && most.getValue() >= 2) {
            reasons.add("addressed as " + most.getKey() + " " + most.getValue() + " times");
            return most.getKey();
        }
        return null;
    }

    /** The log odds from hours and amounts, which are small because they are weak evidence. */
    private void habits(double[] scores, List<String> reasons) {
        long messages = byOne + byOther;
        if (messages < 50) {
            scores[Family.ACQUAINTANCE.ordinal()] += messages < 15 ? 1.5 : 0.5;
            return;
        }
        scores[Family.ACQUAINTANCE.ordinal()] -= Math.min(2, Math.log10(messages / 50.0));
        double work = (double) atWork / messages;
        double night = (double) atNight / messages;
        if (work > 0.6) { // of a week's waking hours, 36% are working hours
            scores[Family.PROFESSIONAL.ordinal()] += 1;
            reasons.add("mostly in working hours");
        } else if (work < 0.2) {
            scores[Family.PROFESSIONAL.ordinal()] -= 1;
        }
        if (night > 0.25) {
            scores[Family.ROMANTIC.ordinal()] += 0.7;
            reasons.add("often at night");
        }
    }

    private boolean oneSided() {
        return byOne + byOther >= 5 && Math.min(byOne, byOther) == 0;
    }

    private Map<String, Double> mean() {
        int stretches = quarters.values().stream().mapToInt(p -> p.stretches).sum();
        Map<String, Double> mean = new HashMap<>();
        features.forEach((feature, value) -> mean.put(feature, value / Math.max(1, stretches)));
        return mean;
    }

    private static String kind(String feature) {
        String[] parts = feature.split(":");
        boolean channel = parts[1].equals("aside") || parts[1].equals("heard");
        return parts[channel ? 2 : 1].replace('_', ' ');
    }

    private List<RelationshipVerdict.Period> periods() {
        List<RelationshipVerdict.Period> periods = new ArrayList<>();
        Period pending = new Period();
        String began = null;
        for (Map.Entry<String, Period> entry : quarters.entrySet()) {
            began = began == null ? entry.getKey() : began;
            pending.add(entry.getValue());
            if (pending.stretches < LEAST_OF_PERIOD) {
                continue;
            }
            double[] p = LinearModel.softmax(scores(pending, false));
            int best = LinearModel.best(p);
            Family family = Family.values()[best];
            RelationshipVerdict.Period last = periods.isEmpty() ? null : periods.getLast();
            if (last != null && (last.family() == family || p[best] < 0.5)) {
                periods.set(
                        periods.size() - 1,
                        new RelationshipVerdict.Period(
                                last.from(),
                                entry.getKey(),
                                last.family(),
                                Math.max(last.probability(), last.family() == family ? p[best] : 0)));
            } else {
                periods.add(new RelationshipVerdict.Period(began, entry.getKey(), family, p[best]));
            }
            pending = new Period();
            began = null;
        }
        return periods;
    }
}
