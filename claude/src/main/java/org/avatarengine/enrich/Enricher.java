package org.avatarengine.enrich;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.avatarengine.claude.Answer;
import org.avatarengine.claude.Batches;
import org.avatarengine.claude.Claude;
import org.avatarengine.claude.Prompt;
import org.avatarengine.failure.BudgetSpent;
import org.avatarengine.failure.Failure;
import org.avatarengine.failure.ServiceException;
import org.avatarengine.graph.Graph;
import org.avatarengine.people.Person;
import org.avatarengine.progress.Progress;
import org.avatarengine.redaction.Gate;
import org.avatarengine.redaction.Redactor;
import org.avatarengine.usage.PriceList;
import org.avatarengine.usage.Usd;
import org.jspecify.annotations.Nullable;

/**
 * Lets Claude describe people. A long history is sent in parts (map), and the answers are combined (reduce). Each
 * answer is stored before the next prompt, so an interrupted run continues where it stopped.
 */
public final class Enricher {
    /**
     * The options of a run.
     *
     * @param mostTokens the maximum number of tokens of a person's messages
     * @param mostInPart the maximum number of them in one request
     * @param pseudonymize whether names are replaced with numbers
     * @param everything whether to ask about all messages again, although an earlier answer covers some
     */
    public record Options(
            Set<Kind> kinds,
            String model,
            long mostTokens,
            long mostInPart,
            boolean pseudonymize,
            boolean everything) {}

    /**
     * One analysis of one person.
     *
     * @param requests the number of requests
     * @param upToDate whether the graph has the answer to the same prompts
     * @param saved what the earlier answer saves: the expected cost without it, less the expected cost
     */
    public record Task(
            String person,
            String name,
            Kind kind,
            int messages,
            int available,
            int requests,
            long promptTokens,
            Usd expected,
            Usd worst,
            boolean upToDate,
            Usd saved) {}

    /** The outcome of a task; {@code problem} is null when the answer was stored. */
    public record Result(
            String person,
            String name,
            Kind kind,
            Usd cost,
            int kept,
            int dropped,
            @Nullable String problem) {}

    private static final int AT_ONCE = 4;

    private final EnrichmentStore store;
    private final Options options;
    private final Names names;
    private final List<Work> works;

    /** Reads the people's conversations and prepares the prompts; nothing is sent. */
    public Enricher(
            Graph graph, ZoneId zone, Redactor redactor, Options options, List<Person> people, PriceList prices) {
        this.store = new EnrichmentStore(graph);
        this.options = options;
        this.names = new Names(graph, redactor, options.pseudonymize());
        Sampler sampler = new Sampler(graph, zone, names::clean, names::label);
        this.works = new Planner(store, options, names, sampler, prices).plan(people);
    }

    /** The prompts, and the maximum cost. */
    public List<Task> tasks() {
        return works.stream().map(Work::task).toList();
    }

    /** The gate that checks the prompts. */
    public Gate gate() {
        return names.gate();
    }

    private List<Work> open() {
        return works.stream().filter(work -> !work.task().upToDate()).toList();
    }

    /**
     * Sends the prompts, one person after the other. All prompts about a person except the first read the text from the
     * cache.
     */
    public List<Result> ask(Claude claude, Progress progress, BooleanSupplier stop) throws InterruptedException {
        List<Result> results = new ArrayList<>();
        Map<String, List<Work>> byPerson = new LinkedHashMap<>();
        open().forEach(work -> byPerson.computeIfAbsent(work.task().person(), id -> new ArrayList<>())
                .add(work));
        long total = open().size();
        AtomicInteger done = new AtomicInteger();
        try (ExecutorService threads =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            for (List<Work> ofPerson : byPerson.values()) {
                for (List<Work> together : List.of(ofPerson.subList(0, 1), ofPerson.subList(1, ofPerson.size()))) {
                    List<Future<Result>> running = new ArrayList<>();
                    for (Work work : together) {
                        running.add(threads.submit(() -> {
                            Result result = stop.getAsBoolean() ? stopped(work) : answer(claude, work);
                            progress.at("asking Claude", done.incrementAndGet(), total);
                            return result;
                        }));
                    }
                    Failure end = collect(running, results);
                    if (end != null) {
                        results.addAll(skipped(results));
                        if (end instanceof BudgetSpent || results.stream().anyMatch(r -> r.problem() == null)) {
                            return results;
                        }
                        throw end;
                    }
                }
            }
        }
        return results;
    }

    private List<Result> skipped(List<Result> results) {
        return open().stream()
                .filter(work -> results.stream()
                        .noneMatch(r -> r.person().equals(work.task().person())
                                && r.kind() == work.task().kind()))
                .map(Enricher::stopped)
                .toList();
    }

    private static Result stopped(Work work) {
        return result(work, Usd.ZERO, 0, 0, "not asked; run the same command to continue");
    }

    /** The failure after which further prompts would fail, too; null when there is none. */
    private static @Nullable Failure collect(List<Future<Result>> running, List<Result> results)
            throws InterruptedException {
        Failure end = null;
        for (Future<Result> one : running) {
            try {
                results.add(one.get());
            } catch (ExecutionException e) {
                if (e.getCause() instanceof Failure failure) {
                    end = failure;
                } else if (e.getCause() instanceof InterruptedException) {
                    throw new InterruptedException();
                } else {
                    throw new IllegalStateException(e.getCause());
                }
            }
        }
        return end;
    }

    private Result answer(Claude claude, Work work) throws InterruptedException {
        Usd cost = Usd.ZERO;
        try {
            List<String> answers = new ArrayList<>(work.known());
            for (Prompt prompt : work.prompts()) {
                Answer answer = claude.ask(prompt, text -> {});
                answers.add(answer.text());
                cost = cost.plus(answer.cost());
            }
            Prompt last = work.prompts().getLast();
            String text = answers.getLast();
            if (answers.size() > 1) {
                last = reduction(work, answers);
                Answer answer = claude.ask(last, heard -> {});
                text = answer.text();
                cost = cost.plus(answer.cost());
            }
            try {
                return keep(work, text, cost);
            } catch (IllegalArgumentException wrong) {
                Answer second = claude.ask(Questions.again(last), heard -> {});
                return keep(work, second.text(), cost.plus(second.cost()));
            }
        } catch (IllegalArgumentException e) {
            return result(work, cost, 0, 0, "Claude's answer was invalid: " + e.getMessage());
        } catch (ServiceException e) {
            return switch (e.reason()) {
                // These failures may concern this prompt only; after all others, further prompts would fail, too.
                case REJECTED, TOO_LARGE, UNREADABLE -> result(work, cost, 0, 0, String.valueOf(e.getMessage()));
                default -> throw e;
            };
        }
    }

    private Prompt reduction(Work work, List<String> answers) {
        return Questions.reduce(
                work.task().kind(),
                options.model(),
                work.task().person(),
                work.label(),
                answers.stream().map(names::clean).toList());
    }

    private Result keep(Work work, String text, Usd cost) {
        Map<String, String> ids = new HashMap<>();
        work.sample().parts().forEach(part -> ids.putAll(part.messageIds()));
        if (work.earlier() != null) {
            Evidence.shortened(work.earlier().json(), ids);
        }
        Evidence.Checked checked =
                Evidence.check(text, work.task().kind(), id -> Optional.ofNullable(ids.get(id)), names::restore);
        store.store(work.task().person(), work.task().kind(), options.model(), work.answered(), checked);
        return result(work, cost, checked.kept(), checked.dropped(), null);
    }

    private static Result result(Work work, Usd cost, int kept, int dropped, @Nullable String problem) {
        return new Result(work.task().person(), work.task().name(), work.task().kind(), cost, kept, dropped, problem);
    }

    /** Sends everything as batches at half price and waits, up to a day for each of the two rounds. */
    public List<Result> askInBatches(Batches batches, Progress progress, BooleanSupplier stop)
            throws InterruptedException {
        List<Work> open = open();
        Map<String, Batches.Outcome> outcomes = new HashMap<>();
        round(
                batches,
                open.stream().flatMap(work -> work.prompts().stream()).toList(),
                "first round",
                outcomes,
                progress,
                stop);
        Map<Work, Prompt> reductions = new LinkedHashMap<>();
        for (Work work : open) {
            List<String> answers = answers(work, outcomes);
            List<String> all = new ArrayList<>(work.known());
            all.addAll(answers);
            if (answers.size() == work.prompts().size() && all.size() > 1) {
                reductions.put(work, reduction(work, all));
            }
        }
        round(batches, List.copyOf(reductions.values()), "second round", outcomes, progress, stop);
        List<Result> results = new ArrayList<>();
        for (Work work : open) {
            Usd cost = Usd.ZERO;
            Prompt last = reductions.getOrDefault(work, work.prompts().getLast());
            for (Prompt prompt : work.prompts()) {
                cost = cost.plus(cost(outcomes.get(prompt.key())));
            }
            cost = reductions.containsKey(work) ? cost.plus(cost(outcomes.get(last.key()))) : cost;
            results.add(settle(work, outcomes, last, cost));
        }
        return results;
    }

    private Result settle(Work work, Map<String, Batches.Outcome> outcomes, Prompt last, Usd cost) {
        for (Prompt prompt : work.prompts()) {
            Batches.Outcome outcome = outcomes.get(prompt.key());
            if (outcome == null || outcome.answer() == null) {
                return result(work, cost, 0, 0, outcome == null ? "not asked" : outcome.failure());
            }
        }
        Batches.Outcome outcome = outcomes.get(last.key());
        if (outcome == null || outcome.answer() == null) {
            return result(work, cost, 0, 0, outcome == null ? "not asked" : outcome.failure());
        }
        try {
            return keep(work, outcome.answer().text(), cost);
        } catch (IllegalArgumentException e) {
            return result(work, cost, 0, 0, "Claude's answer was invalid: " + e.getMessage());
        }
    }

    private static Usd cost(Batches.@Nullable Outcome outcome) {
        return outcome == null || outcome.answer() == null
                ? Usd.ZERO
                : outcome.answer().cost();
    }

    private static List<String> answers(Work work, Map<String, Batches.Outcome> outcomes) {
        List<String> answers = new ArrayList<>();
        for (Prompt prompt : work.prompts()) {
            Batches.Outcome outcome = outcomes.get(prompt.key());
            if (outcome != null && outcome.answer() != null) {
                answers.add(outcome.answer().text());
            }
        }
        return answers;
    }

    private static void round(
            Batches batches,
            List<Prompt> prompts,
            String name,
            Map<String, Batches.Outcome> outcomes,
            Progress progress,
            BooleanSupplier stop)
            throws InterruptedException {
        if (!prompts.isEmpty()) {
            batches.ask(prompts, (stage, done, total) -> progress.at(name, done, total), stop)
                    .forEach(outcome -> outcomes.put(outcome.prompt().key(), outcome));
        }
    }
}
