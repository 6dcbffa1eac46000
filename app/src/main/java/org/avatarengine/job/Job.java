package org.avatarengine.job;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.avatarengine.progress.Progress;
import org.jspecify.annotations.Nullable;

/** A piece of long work: what it is, how far it has come, and what it said. */
public final class Job implements Progress {
    private static final int KEPT_LINES = 200;

    /** Where a job stands. */
    public enum State {
        WAITING,
        RUNNING,
        DONE,
        FAILED,
        CANCELLED
    }

    /**
     * A job as it is at a moment.
     *
     * @param id counts up from 1
     * @param kind what sort of work
     * @param title of the work, for people
     * @param stage what is being done
     * @param done how much of that stage, out of {@code total}; -1 when that is not known
     * @param rate how much is done a second; 0 when that is not known
     * @param secondsLeft of the stage; null when that is not known
     * @param lines what the work said, the newest last
     */
    public record Status(
            long id,
            String kind,
            String title,
            State state,
            String stage,
            long done,
            long total,
            double rate,
            @Nullable Double secondsLeft,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt,
            List<String> lines) {
        /** Whether it is not over yet. */
        public boolean open() {
            return state == State.WAITING || state == State.RUNNING;
        }
    }

    private final long id;
    private final String kind;
    private final String title;
    private final Clock clock;
    private final Consumer<Status> changed;
    private final Deque<String> lines = new ArrayDeque<>();
    private volatile boolean cancelled;
    private State state = State.WAITING;
    private String stage = "";
    private long done;
    private long total = -1;
    private long stageDone;
    private long stageBegan;
    private @Nullable Instant startedAt;
    private @Nullable Instant endedAt;

    Job(long id, String kind, String title, Clock clock, Consumer<Status> changed) {
        this.id = id;
        this.kind = kind;
        this.title = title;
        this.clock = clock;
        this.changed = changed;
    }

    @Override
    public void at(String newStage, long newDone, long newTotal) {
        synchronized (this) {
            if (!newStage.equals(stage)) {
                stage = newStage;
                stageBegan = System.nanoTime();
                stageDone = newDone;
            }
            done = newDone;
            total = newTotal;
        }
        changed.accept(status());
    }

    /** The work said something. */
    public void line(String text) {
        synchronized (this) {
            lines.add(text);
            if (lines.size() > KEPT_LINES) {
                lines.removeFirst();
            }
        }
        changed.accept(status());
    }

    /** Whether the user wants it to end. */
    public boolean cancelled() {
        return cancelled;
    }

    void cancel() {
        cancelled = true;
    }

    void become(State next) {
        synchronized (this) {
            state = next;
            if (next == State.RUNNING) {
                startedAt = clock.instant();
            } else {
                endedAt = clock.instant();
            }
        }
        changed.accept(status());
    }

    long id() {
        return id;
    }

    /** How it stands now. */
    public synchronized Status status() {
        double seconds = (System.nanoTime() - stageBegan) / 1e9;
        double rate = stageBegan == 0 || seconds <= 0 ? 0 : (done - stageDone) / seconds;
        return new Status(
                id,
                kind,
                title,
                state,
                stage,
                done,
                total,
                rate,
                rate > 0 && total >= done ? (total - done) / rate : null,
                startedAt,
                endedAt,
                List.copyOf(lines));
    }
}
