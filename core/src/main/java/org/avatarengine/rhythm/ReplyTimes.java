package org.avatarengine.rhythm;

/**
 * How long somebody takes to answer. A message left without an answer counts as one that takes longer than any that came
 * (it is censored), so ignoring messages does not make somebody look fast.
 */
public final class ReplyTimes {
    /** After this many seconds a message counts as unanswered. */
    public static final int LONGEST = 24 * 3600;

    private final Ints seconds = new Ints();
    private long unanswered;

    void answered(long after) {
        seconds.add((int) Math.min(after, LONGEST));
    }

    void unanswered() {
        unanswered++;
    }

    void merge(ReplyTimes other) {
        seconds.addAll(other.seconds);
        unanswered += other.unanswered;
    }

    /** How many answers there were. */
    public long answers() {
        return seconds.size();
    }

    /** How many of the other side's turns got none. */
    public long withoutAnswer() {
        return unanswered;
    }

    /**
     * The time in seconds within which a share of the other side's turns was answered; negative when fewer were answered
     * at all.
     */
    public double quantile(double share) {
        int[] sorted = seconds.sorted();
        long all = sorted.length + unanswered;
        if (all == 0) {
            return -1;
        }
        double at = share * (all - 1);
        int below = (int) at;
        if (below + 1 >= sorted.length) {
            return below < sorted.length && at == below ? sorted[below] : -1;
        }
        return sorted[below] + (at - below) * (sorted[below + 1] - sorted[below]);
    }
}
