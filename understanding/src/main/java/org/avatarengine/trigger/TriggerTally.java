package org.avatarengine.trigger;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Counts a person's acts by situation. Tallies can be merged. */
public final class TriggerTally {
    /** The version of the method, stored with its results. */
    public static final String METHOD = "two-proportions-1";

    private static final int EVIDENCE = 3;
    private static final int LEAST = 8;

    /** A strict significance level, because about a hundred pairs are tested for each person. */
    private static final double LEAST_Z = 3.3;

    /** A situation, defined by what came before a message and by the time. */
    public enum Situation {
        THEY_ARE_ANGRY("when somebody is angry"),
        THEY_ARE_SAD("when somebody is sad"),
        THEY_ARE_HAPPY("when somebody is happy"),
        THEY_ARE_AFRAID("when somebody is afraid"),
        THEY_ARE_SURPRISED("when somebody is surprised"),
        ASKED("when asked something"),
        SENT_A_LINK("when sent a link"),
        LONG_MESSAGE("when somebody wrote at length"),
        AFTER_SILENCE("after a day or more of silence"),
        LATE_AT_NIGHT("between eleven and four at night"),
        IN_A_GROUP("in a group");

        private final String words;

        Situation(String words) {
            this.words = words;
        }

        /** The description of the situation. */
        public String words() {
            return words;
        }
    }

    /** An act of the person. */
    public enum Act {
        GETS_ANGRY("gets angry"),
        GETS_SAD("gets sad"),
        IS_HAPPY("is happy"),
        IS_SURPRISED("is surprised"),
        USES_EMOJI("uses emoji"),
        ASKS("asks something"),
        EXCLAIMS("exclaims"),
        WRITES_AT_LENGTH("writes at length"),
        IS_BRIEF("writes two words or fewer"),
        ANSWERS_WITHIN_A_MINUTE("answers within a minute"),
        APOLOGIZES("apologizes"),
        THANKS("thanks");

        private final String words;

        Act(String words) {
            this.words = words;
        }

        /** The description of the act. */
        public String words() {
            return words;
        }
    }

    private final long[][] both = new long[Situation.values().length][Act.values().length];
    private final long[] situations = new long[Situation.values().length];
    private final long[] acts = new long[Act.values().length];
    private final List<List<List<String>>> evidence = new ArrayList<>();
    private long messages;

    public TriggerTally() {
        for (int s = 0; s < situations.length; s++) {
            List<List<String>> row = new ArrayList<>();
            for (int a = 0; a < acts.length; a++) {
                row.add(new ArrayList<>(0));
            }
            evidence.add(row);
        }
    }

    /** Adds a message with its situation. */
    public void add(String id, Set<Situation> in, Set<Act> does) {
        messages++;
        for (Act act : does) {
            acts[act.ordinal()]++;
        }
        for (Situation situation : in) {
            situations[situation.ordinal()]++;
            for (Act act : does) {
                both[situation.ordinal()][act.ordinal()]++;
                List<String> shown = evidence.get(situation.ordinal()).get(act.ordinal());
                if (shown.size() < EVIDENCE) {
                    shown.add(id);
                }
            }
        }
    }

    /** Adds another tally. */
    public void merge(TriggerTally other) {
        messages += other.messages;
        for (int a = 0; a < acts.length; a++) {
            acts[a] += other.acts[a];
        }
        for (int s = 0; s < situations.length; s++) {
            situations[s] += other.situations[s];
            for (int a = 0; a < acts.length; a++) {
                both[s][a] += other.both[s][a];
                List<String> shown = evidence.get(s).get(a);
                other.evidence.get(s).get(a).stream()
                        .limit(EVIDENCE - shown.size())
                        .forEach(shown::add);
            }
        }
    }

    /**
     * A situation in which a person does something more often than otherwise.
     *
     * @param share the share of these situations in which they do it, and {@code otherwise} of all others, 0 to 1
     * @param times the number of these situations
     * @param z the difference of the shares in standard errors
     */
    public record Trigger(
            Situation situation,
            Act act,
            double share,
            double otherwise,
            long times,
            double z,
            List<String> evidence) {}

    /** The most significant triggers, best first. */
    public List<Trigger> triggers(int limit) {
        List<Trigger> triggers = new ArrayList<>();
        for (Situation situation : EnumSet.allOf(Situation.class)) {
            for (Act act : EnumSet.allOf(Act.class)) {
                long in = situations[situation.ordinal()];
                long out = messages - in;
                long did = both[situation.ordinal()][act.ordinal()];
                long didElse = acts[act.ordinal()] - did;
                if (did < LEAST || out < LEAST) {
                    continue;
                }
                double share = (double) did / in;
                double otherwise = (double) didElse / out;
                double pooled = (double) acts[act.ordinal()] / messages;
                double z = (share - otherwise) / Math.sqrt(pooled * (1 - pooled) * (1.0 / in + 1.0 / out));
                if (z >= LEAST_Z) {
                    triggers.add(new Trigger(
                            situation,
                            act,
                            share,
                            otherwise,
                            in,
                            z,
                            List.copyOf(evidence.get(situation.ordinal()).get(act.ordinal()))));
                }
            }
        }
        triggers.sort(Comparator.comparingDouble(Trigger::z).reversed());
        return List.copyOf(triggers.subList(0, Math.min(limit, triggers.size())));
    }
}
