package org.avatarengine.job;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Runs jobs one after another, because they share the computer and the graph, and informs listeners of each change. */
public final class Jobs implements AutoCloseable {
    private static final int KEPT = 50;
    private static final long PATIENCE_SECONDS = 60;

    /** The work of a job. */
    @FunctionalInterface
    public interface Work {
        /** Does the work; returns whether it succeeded. */
        boolean run(Job job);
    }

    private final Clock clock;
    private final ExecutorService worker =
            Executors.newSingleThreadExecutor(Thread.ofPlatform().name("jobs").factory());
    private final List<Job> jobs = new ArrayList<>();
    private final List<Consumer<Job.Status>> listeners = new CopyOnWriteArrayList<>();
    private long last;

    public Jobs(Clock clock) {
        this.clock = clock;
    }

    /** Calls the listener whenever a job changes, on the thread that changed it. */
    public void listen(Consumer<Job.Status> listener) {
        listeners.add(listener);
    }

    public void unlisten(Consumer<Job.Status> listener) {
        listeners.remove(listener);
    }

    /** Adds a job to the end of the queue. */
    public synchronized Job.Status start(String kind, String title, Work work) {
        Job job = new Job(++last, kind, title, clock, status -> listeners.forEach(to -> to.accept(status)));
        jobs.addFirst(job);
        if (jobs.size() > KEPT && !jobs.getLast().status().open()) {
            jobs.removeLast();
        }
        worker.execute(() -> perform(job, work));
        return job.status();
    }

    private static void perform(Job job, Work work) {
        if (job.cancelled()) {
            return;
        }
        job.become(Job.State.RUNNING);
        boolean ended;
        try {
            ended = work.run(job);
        } catch (RuntimeException | Error e) {
            // The exception's message is not shown, because it could quote messages or names.
            job.line("Internal error. The terminal that runs `avatar serve` shows the details.");
            job.become(Job.State.FAILED);
            throw e;
        }
        job.become(job.cancelled() ? Job.State.CANCELLED : ended ? Job.State.DONE : Job.State.FAILED);
    }

    /** All jobs, newest first. */
    public synchronized List<Job.Status> all() {
        return jobs.stream().map(Job::status).toList();
    }

    /** Cancels a job; returns false if no job with this id is waiting or running. */
    public synchronized boolean cancel(long id) {
        for (Job job : jobs) {
            if (job.id() == id && job.status().open()) {
                job.cancel();
                if (job.status().state() == Job.State.WAITING) {
                    job.become(Job.State.CANCELLED);
                }
                return true;
            }
        }
        return false;
    }

    /** Cancels all jobs and waits up to a minute, so that the running job can save its work. */
    @Override
    public void close() {
        synchronized (this) {
            jobs.forEach(Job::cancel);
        }
        worker.shutdown();
        try {
            if (!worker.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                worker.shutdownNow();
            }
        } catch (InterruptedException e) {
            worker.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
