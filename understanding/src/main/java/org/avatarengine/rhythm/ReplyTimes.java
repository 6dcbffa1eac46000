package org.avatarengine.rhythm;

import org.jspecify.annotations.Nullable;

/**
 * The reply times of a person. An unanswered message is censored: it counts as longer than all answers, so that ignoring
 * messages does not make somebody look fast. Times are stored as a list while there are few, and as a count per second
 * when that is smaller, so that they are exact and take at most 350 kB.
 */
public final class ReplyTimes {
    /** The time in seconds after which a message counts as unanswered. */
    public static final int LONGEST = 24 * 3600;

    private Ints seconds = new Ints();
    private int @Nullable [] counts;
    private long answers;
    private long unanswered;

    void answered(long after) {
        add((int) Math.clamp(after, 0, LONGEST), 1);
    }

    private void add(int second, int times) {
        answers += times;
        int[] all = counts;
        if (all != null) {
            all[second] += times;
            return;
        }
        for (int i = 0; i < times; i++) {
            seconds.add(second);
        }
        if (seconds.size() > LONGEST) {
            int[] counted = new int[LONGEST + 1];
            for (int each : seconds.sorted()) {
                counted[each]++;
            }
            counts = counted;
            seconds = new Ints();
        }
    }

    void unanswered() {
        unanswered++;
    }

    void merge(ReplyTimes other) {
        unanswered += other.unanswered;
        int[] theirs = other.counts;
        if (theirs == null) {
            for (int second : other.seconds.sorted()) {
                add(second, 1);
            }
            return;
        }
        for (int second = 0; second < theirs.length; second++) {
            if (theirs[second] > 0) {
                add(second, theirs[second]);
            }
        }
    }

    /** The number of answers. */
    public long answers() {
        return answers;
    }

    /** The number of unanswered turns of the other side. */
    public long withoutAnswer() {
        return unanswered;
    }

    /**
     * The time in seconds within which a share of the other side's turns was answered; negative when fewer were answered.
     */
    public double quantile(double share) {
        long all = answers + unanswered;
        if (all == 0) {
            return -1;
        }
        double at = share * (all - 1);
        long below = (long) at;
        if (below + 1 >= answers) {
            return below < answers && at == below ? ranked(below) : -1;
        }
        double lower = ranked(below);
        return lower + (at - below) * (ranked(below + 1) - lower);
    }

    /** The time at an index in ascending order. */
    private double ranked(long place) {
        int[] all = counts;
        if (all == null) {
            return seconds.sorted()[(int) place];
        }
        long seen = 0;
        for (int second = 0; second < all.length; second++) {
            seen += all[second];
            if (seen > place) {
                return second;
            }
        }
        return LONGEST;
    }
}
