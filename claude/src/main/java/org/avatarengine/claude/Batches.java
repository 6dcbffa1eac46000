package org.avatarengine.claude;

import com.anthropic.core.http.StreamResponse;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.batches.BatchCreateParams;
import com.anthropic.models.messages.batches.MessageBatch;
import com.anthropic.models.messages.batches.MessageBatchIndividualResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.avatarengine.failure.BudgetSpent;
import org.avatarengine.failure.ServiceException;
import org.avatarengine.failure.ServiceException.Reason;
import org.avatarengine.progress.Progress;
import org.avatarengine.usage.Ledger;
import org.avatarengine.usage.Terms;
import org.avatarengine.usage.TokenCounts;
import org.avatarengine.usage.Usd;
import org.jspecify.annotations.Nullable;

/**
 * Sends many prompts at half price through the Message Batches API. The ledger stores each batch, so that a process
 * that dies meanwhile finds it again and fetches the results instead of paying twice.
 */
public final class Batches {
    /**
     * The outcome of a prompt.
     *
     * @param answer the answer; null when there is none
     * @param failure why there is no answer; null when there is one
     */
    public record Outcome(
            Prompt prompt,
            @Nullable Answer answer,
            @Nullable String failure) {}

    private final Claude claude;
    private final Duration pause;

    /** @param pause the time between checks whether a batch is finished */
    public Batches(Claude claude, Duration pause) {
        this.claude = claude;
        this.pause = pause;
    }

    /**
     * Sends all prompts and waits for the answers, which takes up to a day.
     *
     * @param stop checked between checks; true ends the waiting, and the next call fetches the results
     */
    public List<Outcome> ask(List<Prompt> prompts, Progress progress, BooleanSupplier stop)
            throws InterruptedException {
        Map<String, Outcome> outcomes = new LinkedHashMap<>();
        Set<String> batches = new LinkedHashSet<>();
        Map<String, Prompt> waiting = new HashMap<>();
        List<Prompt> fresh = new ArrayList<>();
        for (Prompt prompt : prompts) {
            outcomes.put(prompt.key(), new Outcome(prompt, null, "still under way"));
            Optional<String> before = claude.ledger().result(prompt.key());
            Optional<Ledger.Waiting> sent = claude.ledger().waiting(prompt.key());
            if (before.isPresent()) {
                outcomes.put(
                        prompt.key(),
                        new Outcome(prompt, new Answer(before.get(), TokenCounts.NONE, Usd.ZERO, true), null));
            } else if (sent.isPresent()) {
                batches.add(sent.get().batchId());
                waiting.put(customId(prompt), prompt);
            } else {
                fresh.add(prompt);
            }
        }
        String created = send(fresh, outcomes);
        if (created != null) {
            batches.add(created);
            fresh.stream()
                    .filter(prompt -> claude.ledger().waiting(prompt.key()).isPresent())
                    .forEach(prompt -> waiting.put(customId(prompt), prompt));
        }
        await(batches, waiting, outcomes, progress, stop);
        return List.copyOf(outcomes.values());
    }

    /** The API accepts at most 64 plain characters. */
    private static String customId(Prompt prompt) {
        return UUID.nameUUIDFromBytes(prompt.key().getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private record Placed(Prompt prompt, Ledger.Reservation place) {}

    /** Sends as many prompts as the budget allows. */
    private @Nullable String send(List<Prompt> prompts, Map<String, Outcome> outcomes) {
        List<Placed> placed = new ArrayList<>();
        try {
            for (Prompt prompt : prompts) {
                try {
                    Terms terms = new Terms(prompt.model(), claude.clock().instant(), true, null);
                    placed.add(new Placed(
                            prompt,
                            claude.ledger()
                                    .reserve(
                                            claude.access().session(),
                                            prompt.operation(),
                                            terms,
                                            claude.count(prompt),
                                            prompt.maxTokens(),
                                            true,
                                            claude.budget())));
                } catch (BudgetSpent e) {
                    outcomes.put(prompt.key(), new Outcome(prompt, null, String.valueOf(e.getMessage())));
                }
            }
            if (placed.isEmpty()) {
                return null;
            }
            BatchCreateParams params = BatchCreateParams.builder()
                    .requests(placed.stream()
                            .map(one -> ApiRequests.inBatch(one.prompt, customId(one.prompt)))
                            .toList())
                    .build();
            placed.forEach(one -> claude.ledger().sending(one.place));
            String id = claude.call(() -> create(params)).id();
            placed.forEach(one -> claude.ledger().awaitBatch(one.place, id, one.prompt.key(), one.prompt.person()));
            return id;
        } catch (RuntimeException e) {
            // If the batch may have been accepted, its reservations stay, so that it counts as spent.
            if (!(e instanceof ServiceException service) || service.reason() != Reason.IN_DOUBT) {
                placed.forEach(one -> claude.ledger().release(one.place));
            }
            throw e;
        }
    }

    /** Creates a batch. Sending it again could create a second one, so it is retried only after a clear refusal. */
    private MessageBatch create(BatchCreateParams params) {
        try {
            return claude.client().messages().batches().create(params);
        } catch (RuntimeException e) {
            if (!ApiFailures.mayBeBilled(e)) {
                throw e;
            }
            throw new ServiceException(
                    Reason.IN_DOUBT,
                    "The connection was lost while prompts were sent as a batch. Claude may have accepted them, so they"
                            + " count as spent. Look in the Claude Console whether there is such a batch before you run"
                            + " the command again.",
                    null,
                    e);
        }
    }

    private void await(
            Set<String> batches,
            Map<String, Prompt> waiting,
            Map<String, Outcome> outcomes,
            Progress progress,
            BooleanSupplier stop)
            throws InterruptedException {
        Set<String> open = new LinkedHashSet<>(batches);
        int total = waiting.size();
        while (!open.isEmpty()) {
            for (String id : List.copyOf(open)) {
                MessageBatch batch =
                        claude.call(() -> claude.client().messages().batches().retrieve(id));
                if (batch.processingStatus().equals(MessageBatch.ProcessingStatus.ENDED)) {
                    fetch(id, waiting, outcomes);
                    open.remove(id);
                }
            }
            progress.at("waiting for batches", total - waiting.size(), total);
            if (open.isEmpty() || stop.getAsBoolean()) {
                return;
            }
            Thread.sleep(pause);
        }
    }

    private void fetch(String batch, Map<String, Prompt> waiting, Map<String, Outcome> outcomes)
            throws InterruptedException {
        List<MessageBatchIndividualResponse> responses = claude.call(() -> {
            try (StreamResponse<MessageBatchIndividualResponse> stream =
                    claude.client().messages().batches().resultsStreaming(batch)) {
                return stream.stream().toList();
            }
        });
        for (MessageBatchIndividualResponse response : responses) {
            Prompt prompt = waiting.remove(response.customId());
            if (prompt != null) {
                outcomes.put(prompt.key(), settle(prompt, response));
            }
        }
    }

    private Outcome settle(Prompt prompt, MessageBatchIndividualResponse response) throws InterruptedException {
        Ledger.Waiting sent = claude.ledger()
                .waiting(prompt.key())
                .orElseThrow(() -> new IllegalStateException("A batch answered twice."));
        if (response.result().succeeded().isEmpty()) {
            claude.ledger().release(sent.reservation()); // what failed in a batch is not billed
            return new Outcome(
                    prompt,
                    null,
                    response.result().isExpired()
                            ? "the batch took longer than a day; run the same command again"
                            : "Claude failed; run the same command again");
        }
        Message message = response.result().succeeded().get().message();
        StopCause cause = StopCause.of(message);
        String text = ApiRequests.text(message);
        Instant now = claude.clock().instant();
        Usd cost = claude.ledger()
                .record(
                        sent.reservation(),
                        ApiRequests.answered(
                                claude.access().session(),
                                prompt.operation(),
                                new Terms(prompt.model(), sent.sentAt(), true, null),
                                message,
                                Duration.between(sent.sentAt(), now),
                                message.id()),
                        cause == StopCause.FINISHED ? prompt.key() : null,
                        prompt.person(),
                        cause == StopCause.FINISHED ? text : null);
        return switch (cause) {
            case FINISHED ->
                new Outcome(prompt, new Answer(text, ApiRequests.tokens(message.usage()), cost, false), null);
            case OUT_OF_ROOM, PAUSED -> again(prompt, ApiRequests.tokens(message.usage()), cost);
            default ->
                new Outcome(
                        prompt,
                        null,
                        String.valueOf(cause.failure(message, prompt, cost).getMessage()));
        };
    }

    /** Asks directly for an answer that was not complete in the batch; in another batch it might be cut off again. */
    private Outcome again(Prompt prompt, TokenCounts tokens, Usd cost) throws InterruptedException {
        try {
            Answer answer = claude.ask(prompt.withMoreRoom(), text -> {});
            return new Outcome(
                    prompt,
                    new Answer(answer.text(), tokens.plus(answer.tokens()), cost.plus(answer.cost()), false),
                    null);
        } catch (BudgetSpent | ServiceException e) {
            return new Outcome(prompt, null, "The answer in the batch was incomplete. " + e.getMessage());
        }
    }
}
