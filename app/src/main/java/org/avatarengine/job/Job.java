package org.avatarengine.job;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.avatarengine.progress.Progress;
import org.jspecify.annotations.Nullable;

/** A job: its status, progress and output. */
public final class Job implements Progress {
    private static final int KEPT_LINES = 200;

    /** The state of a job. */
    public enum State {
        WAITING,
        RUNNING,
        DONE,
        FAILED,
        CANCELLED
    }

    /**
     * The status of a job at one moment.
     *
     * @param id a number, counted from 1
     * @param kind the kind of work
     * @param title the title to show
     * @param stage what the job is doing now
     * @param done the finished part of the stage
     * @param total the size of the stage; -1 if unknown
     * @param rate the speed per second; 0 if unknown
     * @param secondsLeft the estimated time until the stage ends, in seconds; null if unknown
     * @param lines the last lines of output, newest last
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
        /** Whether the job is waiting or running. */
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

    /** Adds a line of output. */
    public void line(String text) {
        synchronized (this) {
            lines.add(text);
            if (lines.size() > KEPT_LINES) {
                lines.removeFirst();
            }
        }
        changed.accept(status());
    }

    /** Whether the user has cancelled the job. The work must check this and stop. */
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

    /** The current status. */
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
