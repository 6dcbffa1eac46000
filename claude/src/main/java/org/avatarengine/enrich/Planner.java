package org.avatarengine.enrich;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.avatarengine.claude.Prompt;
import org.avatarengine.people.Person;
import org.avatarengine.usage.PriceList;
import org.avatarengine.usage.Terms;
import org.avatarengine.usage.TokenCounts;
import org.avatarengine.usage.Usd;
import org.jspecify.annotations.Nullable;

/** Decides what to ask Claude about people: about everything, or only about what is new since an earlier answer. */
final class Planner {
    /** The typical length of an answer, as a share of the longest one. */
    private static final double TYPICAL_OUTPUT = 0.25;

    private final EnrichmentStore store;
    private final Enricher.Options options;
    private final Names names;
    private final Sampler sampler;
    private final PriceList prices;

    Planner(EnrichmentStore store, Enricher.Options options, Names names, Sampler sampler, PriceList prices) {
        this.store = store;
        this.options = options;
        this.names = names;
        this.sampler = sampler;
        this.prices = prices;
    }

    /** Reads the people's conversations and prepares the prompts. */
    List<Work> plan(List<Person> people) {
        List<Work> works = new ArrayList<>();
        for (Person person : people) {
            Map<Instant, Sampler.Sample> samples = new HashMap<>();
            Function<Instant, Sampler.Sample> draw = after -> samples.computeIfAbsent(
                    after, from -> sampler.draw(person.id(), options.mostTokens(), options.mostInPart(), from));
            boolean first = true;
            for (Kind kind : options.kinds()) {
                if (draw.apply(Instant.EPOCH).parts().isEmpty()) {
                    continue;
                }
                EnrichmentStore.Earlier stored = store.earlier(person.id(), kind);
                Work all = work(person, kind, draw.apply(Instant.EPOCH), null, first, stored);
                Work added = options.everything() || stored == null ? null : added(person, all, stored, draw, first);
                works.add(added == null ? all : added);
                first = false;
            }
        }
        return works;
    }

    /**
     * The work that adds what is new to an earlier answer; null if that answer rests on other instructions, if messages
     * from its time have been added or removed since, or if it would not save anything.
     */
    private @Nullable Work added(
            Person person,
            Work all,
            EnrichmentStore.Earlier earlier,
            Function<Instant, Sampler.Sample> draw,
            boolean first) {
        Kind kind = all.task().kind();
        if (!earlier.setup().equals(setup(kind))) {
            return null;
        }
        Sampler.Sample fresh = draw.apply(earlier.until());
        if (fresh.earlier() != earlier.available()) {
            return null;
        }
        Work work = work(person, kind, fresh, earlier, first, earlier);
        Enricher.Task task = work.task();
        Usd saved = all.task().expected().minus(task.expected());
        if (saved.compareTo(Usd.ZERO) < 0) {
            return null; // asking about everything is cheaper, and sees everything together
        }
        Enricher.Task saving = new Enricher.Task(
                task.person(),
                task.name(),
                task.kind(),
                task.messages(),
                task.available(),
                task.requests(),
                task.promptTokens(),
                task.expected(),
                task.worst(),
                fresh.parts().isEmpty(),
                saved);
        return new Work(saving, work.label(), fresh, work.prompts(), earlier, work.answered());
    }

    /** What the prompts are made with, apart from the messages. */
    private String setup(Kind kind) {
        return Questions.setup(kind, options.model(), options.pseudonymize());
    }

    private Work work(
            Person person,
            Kind kind,
            Sampler.Sample sample,
            EnrichmentStore.@Nullable Earlier earlier,
            boolean first,
            EnrichmentStore.@Nullable Earlier stored) {
        String label = names.label(person.id());
        boolean cache = options.kinds().size() > 1;
        List<Prompt> prompts = Work.updates(sample, earlier)
                ? List.of(Questions.update(
                        kind,
                        options.model(),
                        person.id(),
                        label,
                        sample.parts().getFirst(),
                        names.clean(Evidence.shortened(
                                Objects.requireNonNull(earlier).json(), new HashMap<>()))))
                : sample.parts().stream()
                        .map(part -> Questions.map(kind, options.model(), person.id(), label, part, cache))
                        .toList();
        List<String> keys = new ArrayList<>(prompts.stream().map(Prompt::key).toList());
        int answers = prompts.size();
        long length = 0;
        if (earlier != null) {
            keys.addFirst(earlier.key());
            if (!Work.updates(sample, earlier)) {
                answers++;
                length = Transcript.estimate(earlier.json());
            }
        }
        String key = Questions.key(keys);
        EnrichmentStore.Earlier answered = new EnrichmentStore.Earlier(
                key,
                setup(kind),
                sample.latest(),
                sample.messages() + (earlier == null ? 0 : earlier.messages()),
                sample.available() + (earlier == null ? 0 : earlier.available()),
                "");
        Terms terms = new Terms(options.model(), Instant.now(), false, null);
        long tokens = 0;
        Usd expected = Usd.ZERO;
        Usd worst = Usd.ZERO;
        long output = Math.round(Kind.ANSWER_TOKENS * TYPICAL_OUTPUT);
        for (Prompt prompt : prompts) {
            long one = Questions.estimate(prompt);
            long shared = cache ? Transcript.estimate(prompt.system()) + Transcript.estimate(prompt.shared()) : 0;
            tokens += one;
            expected = expected.plus(prices.cost(
                    terms, new TokenCounts(one - shared, output, first ? shared : 0, 0, first ? 0 : shared)));
            worst = worst.plus(prices.worst(terms, one, prompt.maxTokens(), false));
        }
        if (!prompts.isEmpty() && answers > 1) {
            length += prompts.size() * output
                    + Transcript.estimate(prompts.getFirst().system());
            tokens += length;
            expected = expected.plus(prices.cost(terms, new TokenCounts(length, output, 0, 0, 0)));
            int most = prompts.getFirst().maxTokens();
            worst = worst.plus(prices.worst(terms, length + prompts.size() * (long) Kind.ANSWER_TOKENS, most, false));
        }
        Enricher.Task task = new Enricher.Task(
                person.id(),
                person.name(),
                kind,
                sample.messages(),
                sample.available(),
                prompts.isEmpty() ? 0 : answers == 1 ? 1 : prompts.size() + 1,
                tokens,
                expected,
                worst,
                earlier == null && stored != null && stored.key().equals(key),
                Usd.ZERO);
        return new Work(task, label, sample, prompts, earlier, answered);
    }
}
