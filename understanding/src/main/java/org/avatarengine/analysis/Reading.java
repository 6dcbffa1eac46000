package org.avatarengine.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Processes a list on several threads, each with its own result. If a thread fails, the others end at their next step, and
 * the first failure is thrown. Threads are not interrupted, because an interrupt would close the files of the graph and of
 * the vectors.
 */
final class Reading {
    private final BooleanSupplier stop;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    /** @param stop checked at each step; true ends the work early */
    Reading(BooleanSupplier stop) {
        this.stop = stop;
    }

    /** The work of one thread. */
    interface Work<I, R> {
        void on(I item);

        R result();
    }

    /** Ends this thread's work if it is no longer needed. To be called at each step. */
    void step() {
        if (failure.get() != null || stop.getAsBoolean()) {
            throw new CancellationException();
        }
    }

    /**
     * Processes all items. Each thread gets a fixed share of about equal weight, so that sums of floating-point
     * numbers and the order of ties are the same on each run.
     *
     * @param results receives each thread's result, one after the other
     * @throws InterruptedException when {@code stop} returned true
     */
    <I, R> void all(
            List<I> items, ToLongFunction<I> weight, int threads, Supplier<Work<I, R>> workers, Consumer<R> results)
            throws InterruptedException {
        List<Future<R>> running = new ArrayList<>();
        try (ExecutorService executor = Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().name("analysis-", 0).factory())) {
            for (List<I> share : shares(items, weight, threads)) {
                running.add(executor.submit(() -> work(share, workers)));
            }
        }
        Throwable first = failure.get();
        if (first instanceof RuntimeException runtime) {
            throw runtime;
        }
        if (first instanceof Error error) {
            throw error;
        }
        if (stop.getAsBoolean()) {
            throw new InterruptedException();
        }
        // Taken out of the list one by one, so that each can be freed while it is added to the others.
        while (!running.isEmpty()) {
            try {
                results.accept(running.removeFirst().get());
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
    }

    /** Assigns each item, the heaviest first, to the share with the lowest total weight (Graham 1969). */
    static <I> List<List<I>> shares(List<I> items, ToLongFunction<I> weight, int count) {
        List<List<I>> shares = new ArrayList<>();
        PriorityQueue<Load> loads =
                new PriorityQueue<>(Comparator.comparingLong(Load::weight).thenComparing(Load::share));
        for (int s = 0; s < count; s++) {
            shares.add(new ArrayList<>());
            loads.add(new Load(s, 0));
        }
        List<I> heaviestFirst = new ArrayList<>(items);
        heaviestFirst.sort(Comparator.comparingLong(weight).reversed());
        for (I item : heaviestFirst) {
            Load least = loads.remove();
            shares.get(least.share).add(item);
            loads.add(new Load(least.share, least.weight + weight.applyAsLong(item)));
        }
        return shares;
    }

    private record Load(int share, long weight) {}

    private <I, R> R work(List<I> items, Supplier<Work<I, R>> workers) {
        try {
            Work<I, R> mine = workers.get();
            for (I item : items) {
                step();
                mine.on(item);
            }
            return mine.result();
        } catch (RuntimeException | Error e) {
            if (!(e instanceof CancellationException)) {
                failure.compareAndSet(null, e);
            }
            throw e;
        }
    }
}
