package org.avatarengine.page;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.avatarengine.job.Job;
import org.avatarengine.job.Jobs;
import org.avatarengine.server.Api;
import org.avatarengine.server.EventStream;
import org.avatarengine.server.Refusal;
import org.jspecify.annotations.Nullable;

/** Jobs: starts, follows and cancels them. A job runs one of the program's commands. */
final class JobsView implements AutoCloseable {
    private static final long PAUSE_MILLIS = 200;
    private static final int STILL_HERE = 75;

    /** What a job does. */
    enum Kind {
        IMPORT,
        RECORDING,
        ANALYZE,
        TRAIN
    }

    /**
     * A job to start.
     *
     * @param path the file or folder to import, for IMPORT (null for this Mac's Messages) and RECORDING
     * @param me the user's name in the export; null if the export marks the user's messages
     * @param person the id of the person to train a model of, for TRAIN
     * @param speakers the number of speakers, for RECORDING; null if unknown
     */
    record Order(
            Kind kind,
            @Nullable String path,
            @Nullable String me,
            @Nullable String person,
            @Nullable Integer speakers) {}

    /** A job to cancel. */
    record Cancel(long id) {}

    /** An event with the new status of a job. */
    record Change(Job.Status job) {}

    private final Jobs jobs;
    private final CommandRunner commands;
    private final PeopleView people;
    private final Runnable changed;
    private volatile boolean closed;

    /** @param changed runs before a job counts as finished, because the job may have changed the graph */
    JobsView(Jobs jobs, CommandRunner commands, PeopleView people, Runnable changed) {
        this.jobs = jobs;
        this.commands = commands;
        this.people = people;
        this.changed = changed;
    }

    void endpoints(Api api) {
        api.get("/api/jobs", "Jobs, newest first").answersList(Job.Status.class, call -> jobs.all());
        api.post("/api/jobs", "Starts a job")
                .body(Order.class)
                .answers(Job.Status.class, call -> start(call.body(Order.class)));
        api.post("/api/jobs/cancel", "Cancels a job; its results so far are kept")
                .body(Cancel.class)
                .answersList(Job.Status.class, call -> {
                    if (!jobs.cancel(call.body(Cancel.class).id)) {
                        throw Refusal.missing("This job is not running. It may have finished already.");
                    }
                    return jobs.all();
                });
        api.get("/api/events", "Events with the status of each changed job")
                .streams(Change.class, (call, events) -> follow(events));
    }

    private Job.Status start(Order order) {
        List<String> arguments = new ArrayList<>();
        String title;
        switch (order.kind) {
            case IMPORT -> {
                arguments.add("import");
                title = "Import messages from this Mac";
                if (order.path != null && !order.path.isBlank()) {
                    Path file = file(order.path);
                    arguments.add("--db=" + file);
                    title = "Import " + file.getFileName();
                }
                if (order.me != null && !order.me.isBlank()) {
                    arguments.add("--me=" + order.me.strip());
                }
            }
            case RECORDING -> {
                Path file = file(order.path == null ? "" : order.path);
                arguments.addAll(List.of("import", "recording", file.toString()));
                if (order.speakers != null) {
                    arguments.add("--speakers=" + order.speakers);
                }
                title = "Import the recording " + file.getFileName();
            }
            case ANALYZE -> {
                arguments.add("analyze");
                arguments.add("--min-messages=20");
                title = "Analyze how people write";
            }
            case TRAIN -> {
                if (order.person == null) {
                    throw Refusal.wrong("Choose the person to train a model of.");
                }
                PeopleView.Entry person = people.find(order.person);
                arguments.addAll(List.of("train", person.id()));
                title = "Train a model of " + person.name();
            }
            default -> throw new IllegalStateException();
        }
        return jobs.start(order.kind.name(), title, job -> {
            try {
                return commands.run(arguments, job);
            } finally {
                changed.run();
            }
        });
    }

    private static Path file(String text) {
        try {
            Path file = Path.of(text.strip().replaceFirst("^~(?=/)", System.getProperty("user.home")));
            if (file.isAbsolute() && Files.exists(file)) {
                return file;
            }
        } catch (InvalidPathException e) {
            // reported below
        }
        throw Refusal.wrong("No file or folder \"" + text.strip() + "\" was found. Enter its full path.");
    }

    /** Sends the latest status of each changed job, at most five times a second. */
    private void follow(EventStream events) {
        Map<Long, Job.Status> waiting = new LinkedHashMap<>();
        Consumer<Job.Status> listener = status -> {
            synchronized (waiting) {
                waiting.put(status.id(), status);
            }
        };
        jobs.listen(listener);
        try {
            events.keepAlive();
            for (int round = 1; !closed; round++) {
                Thread.sleep(PAUSE_MILLIS);
                List<Job.Status> changes;
                synchronized (waiting) {
                    changes = List.copyOf(waiting.values());
                    waiting.clear();
                }
                changes.forEach(status -> events.send("job", new Change(status)));
                if (round % STILL_HERE == 0) {
                    events.keepAlive();
                }
            }
        } catch (UncheckedIOException e) {
            // The page was closed.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            jobs.unlisten(listener);
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
