package org.avatarengine.rhythm;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Counts one person's part in conversations of two. Tallies of different conversations can be merged. */
public final class TurnTally {
    private final ReplyTimes replies = new ReplyTimes();
    private @Nullable Instant first;
    private @Nullable Instant last;
    private long sessions;
    private long begun;

    /** Adds a message of the person. */
    public void sent(Instant at) {
        first = first == null || at.isBefore(first) ? at : first;
        last = last == null || at.isAfter(last) ? at : last;
    }

    /** Adds a session with the person. */
    public void session(boolean begunByThem) {
        sessions++;
        begun += begunByThem ? 1 : 0;
    }

    /** Adds an answer after a time in seconds; negative without an answer. */
    public void reply(long seconds) {
        if (seconds < 0) {
            replies.unanswered();
        } else {
            replies.answered(seconds);
        }
    }

    /** Adds another tally. */
    public void merge(TurnTally other) {
        replies.merge(other.replies);
        first = first == null || (other.first != null && other.first.isBefore(first)) ? other.first : first;
        last = last == null || (other.last != null && other.last.isAfter(last)) ? other.last : last;
        sessions += other.sessions;
        begun += other.begun;
    }

    /** The reply times. */
    public ReplyTimes replies() {
        return replies;
    }

    /** The time of their first message; null without one. */
    public @Nullable Instant first() {
        return first;
    }

    /** The time of their last message; null without one. */
    public @Nullable Instant last() {
        return last;
    }

    /** The number of sessions. */
    public long sessions() {
        return sessions;
    }

    /** The number of sessions that they began. */
    public long begun() {
        return begun;
    }
}
