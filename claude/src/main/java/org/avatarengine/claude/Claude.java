package org.avatarengine.claude;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.Timeout;
import com.anthropic.core.http.HttpResponseFor;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.RawMessageStreamEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.avatarengine.failure.ServiceException;
import org.avatarengine.failure.ServiceException.Reason;
import org.avatarengine.limit.AdaptiveLimiter;
import org.avatarengine.limit.Allowance;
import org.avatarengine.redaction.Gate;
import org.avatarengine.reliability.Reliability;
import org.avatarengine.usage.Budget;
import org.avatarengine.usage.Ledger;
import org.avatarengine.usage.Request;
import org.avatarengine.usage.Terms;
import org.avatarengine.usage.TokenCounts;
import org.avatarengine.usage.Usd;
import org.jspecify.annotations.Nullable;

/**
 * Sends prompts to Claude. Each goes through these steps: a prompt that was answered before is not sent again; the gate
 * looks for personal data; the prompt's tokens are counted; the budget reserves the maximum cost; the limiter delays
 * the request; and the ledger records the cost together with the answer.
 */
public final class Claude implements AutoCloseable {
    /**
     * How to access the API.
     *
     * @param baseUrl the URL of the API; null for Anthropic's own
     * @param session the name of this run in the ledger
     */
    public record Access(Credential credential, @Nullable String baseUrl, String session) {
        @Override
        public String toString() {
            return "Access[session=" + session + "]"; // no secret may get into a log
        }
    }

    /** How often an answer that was cut off or paused is asked for again. */
    private static final int MOST_CONTINUATIONS = 2;

    /** A stream without data for this long has failed. */
    private static final Duration SILENCE = Duration.ofSeconds(90);

    private final AnthropicClient client;
    private final Access access;
    private final Ledger ledger;
    private final Budget budget;
    private final AdaptiveLimiter limiter;
    private final Reliability reliability;
    private final Gate gate;
    private final InstantSource clock;
    private double typicalOutput = 0.5;

    public Claude(
            Access access,
            Ledger ledger,
            Budget budget,
            AdaptiveLimiter limiter,
            Reliability reliability,
            Gate gate,
            InstantSource clock) {
        this.access = access;
        this.ledger = ledger;
        this.budget = budget;
        this.limiter = limiter;
        this.reliability = reliability;
        this.gate = gate;
        this.clock = clock;
        AnthropicOkHttpClient.Builder builder = AnthropicOkHttpClient.builder()
                .maxRetries(0) // by our own policy, so that each attempt is limited and recorded
                .timeout(Timeout.builder()
                        .connect(Duration.ofSeconds(10))
                        .read(
                                SILENCE.compareTo(reliability.policy().timeout()) < 0
                                        ? SILENCE
                                        : reliability.policy().timeout())
                        .request(reliability.policy().timeout())
                        .build());
        switch (access.credential().kind()) {
            case API_KEY -> builder.apiKey(access.credential().secret());
            case BEARER_TOKEN -> builder.authToken(access.credential().secret());
        }
        this.client = (access.baseUrl() == null ? builder : builder.baseUrl(access.baseUrl())).build();
    }

    AnthropicClient client() {
        return client;
    }

    Access access() {
        return access;
    }

    Ledger ledger() {
        return ledger;
    }

    Budget budget() {
        return budget;
    }

    InstantSource clock() {
        return clock;
    }

    /** Refuses a prompt that contains personal data. */
    void check(Prompt prompt) {
        gate.check("a request (" + prompt.operation() + ")", prompt.system());
        gate.check("a request (" + prompt.operation() + ")", prompt.shared());
        prompt.earlier().forEach(turn -> gate.check("a request (" + prompt.operation() + ")", turn.text()));
        gate.check("a request (" + prompt.operation() + ")", prompt.user());
    }

    /** The number of tokens of a prompt, as the API counts them; this is free. */
    public long count(Prompt prompt) {
        check(prompt);
        return call(
                () -> client.messages().countTokens(ApiRequests.count(prompt)).inputTokens());
    }

    /** Calls the API with retries, and converts its exceptions to this program's failures. */
    <T> T call(Supplier<T> call) {
        return reliability.call(() -> {
            try {
                return call.get();
            } catch (RuntimeException e) {
                throw ApiFailures.of(e);
            }
        });
    }

    /**
     * Sends a prompt and waits for the whole answer.
     *
     * @param heard receives the text of the answer in pieces; from the beginning again after a lost connection, and
     *     when an answer was cut off and is asked for again with more room
     * @throws org.avatarengine.failure.BudgetSpent before anything is sent
     * @throws org.avatarengine.failure.NotRedacted before anything is sent
     * @throws ServiceException when there is no answer
     */
    public Answer ask(Prompt prompt, Consumer<String> heard) throws InterruptedException {
        boolean kept = !prompt.key().isEmpty();
        Optional<String> before = kept ? ledger.result(prompt.key()) : Optional.empty();
        if (before.isPresent()) {
            heard.accept(before.get());
            return new Answer(before.get(), TokenCounts.NONE, Usd.ZERO, true);
        }
        ClaudeModel.requireOffered(prompt.model(), LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
        long length = count(prompt);
        try {
            return answer(prompt, length, heard);
        } finally {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    /** Asks until the answer is complete, each time within the budget. Every answer is recorded, as it is billed. */
    private Answer answer(Prompt prompt, long length, Consumer<String> heard) {
        Terms terms = new Terms(prompt.model(), clock.instant(), false, null);
        Prompt current = prompt;
        List<Message> paused = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        TokenCounts tokens = TokenCounts.NONE;
        Usd cost = Usd.ZERO;
        int more = 0;
        while (true) {
            Prompt sending = current;
            long sentLength = length + (paused.isEmpty() ? 0 : tokens.output());
            Sent sent = reliability.call(() -> attempt(sending, paused, terms, sentLength, heard));
            StopCause cause = StopCause.of(sent.message);
            text.append(ApiRequests.text(sent.message));
            tokens = tokens.plus(ApiRequests.tokens(sent.message.usage()));
            boolean kept = cause == StopCause.FINISHED && !prompt.key().isEmpty();
            cost = cost.plus(ledger.record(
                    sent.place,
                    ApiRequests.answered(
                            access.session(), prompt.operation(), terms, sent.message, sent.latency, sent.requestId),
                    kept ? prompt.key() : null,
                    prompt.person(),
                    kept ? text.toString() : null));
            switch (cause) {
                case FINISHED -> {
                    return new Answer(text.toString(), tokens, cost, false);
                }
                case PAUSED -> {
                    if (++more > MOST_CONTINUATIONS) {
                        throw cause.failure(sent.message, current, cost);
                    }
                    paused.add(sent.message);
                }
                case OUT_OF_ROOM -> {
                    Prompt wider = current.withMoreRoom();
                    if (++more > MOST_CONTINUATIONS || wider.maxTokens() == current.maxTokens()) {
                        throw cause.failure(sent.message, current, cost);
                    }
                    current = wider;
                    paused.clear();
                    text.setLength(0);
                }
                case OUT_OF_CONTEXT, REFUSED, UNKNOWN -> throw cause.failure(sent.message, current, cost);
            }
        }
    }

    private record Sent(
            Ledger.Reservation place,
            Message message,
            Duration latency,
            @Nullable String requestId) {}

    /**
     * One attempt with its own reservation in the budget. Each attempt may be billed, so the next one is made only if
     * the budget allows it.
     */
    private Sent attempt(Prompt prompt, List<Message> paused, Terms terms, long length, Consumer<String> heard) {
        Ledger.Reservation place =
                ledger.reserve(access.session(), prompt.operation(), terms, length, prompt.maxTokens(), false, budget);
        AdaptiveLimiter.Permit permit;
        try {
            permit = limiter.acquire(length, Math.round(prompt.maxTokens() * typicalOutput));
        } catch (InterruptedException e) {
            ledger.release(place);
            Thread.currentThread().interrupt();
            throw new ServiceException(Reason.CIRCUIT_OPEN, "Interrupted while waiting for Claude's limits.", null, e);
        }
        ledger.sending(place);
        Instant begin = clock.instant();
        MessageAccumulator accumulator = MessageAccumulator.create();
        boolean started = false;
        try (HttpResponseFor<StreamResponse<RawMessageStreamEvent>> response =
                client.messages().withRawResponse().createStreaming(ApiRequests.create(prompt, paused))) {
            Allowance allowance = ApiFailures.allowance(response.headers());
            Optional<String> requestId = response.requestId();
            try (StreamResponse<RawMessageStreamEvent> stream = response.parse()) {
                for (Iterator<RawMessageStreamEvent> events = stream.stream().iterator(); events.hasNext(); ) {
                    RawMessageStreamEvent event = accumulator.accumulate(events.next());
                    started |= event.isMessageStart();
                    event.contentBlockDelta()
                            .flatMap(delta -> delta.delta().text())
                            .ifPresent(text -> heard.accept(text.text()));
                }
            }
            Message message = accumulator.message();
            TokenCounts tokens = ApiRequests.tokens(message.usage());
            typicalOutput = 0.9 * typicalOutput + 0.1 * tokens.output() / prompt.maxTokens();
            limiter.succeeded(permit, tokens.prompt() - tokens.cacheRead(), tokens.output(), allowance);
            ledger.keepLimits(limiter.learnt());
            return new Sent(place, message, Duration.between(begin, clock.instant()), requestId.orElse(null));
        } catch (RuntimeException e) {
            ServiceException failure = ApiFailures.of(e);
            switch (failure.reason()) {
                case RATE_LIMITED, OVERLOADED -> {
                    limiter.limited(
                            permit,
                            failure.retryAfter(),
                            e instanceof AnthropicServiceException service
                                    ? ApiFailures.allowance(service.headers())
                                    : Allowance.UNKNOWN);
                    ledger.keepLimits(limiter.learnt());
                }
                default -> limiter.failed(permit);
            }
            if (started || ApiFailures.mayBeBilled(e)) {
                // The output before the connection was lost is billed, but its length is unknown.
                TokenCounts most = new TokenCounts(0, prompt.maxTokens(), length, 0, 0);
                Request unconfirmed = new Request(
                        access.session(),
                        prompt.operation(),
                        terms,
                        most,
                        null,
                        Duration.between(begin, clock.instant()),
                        null,
                        false);
                ledger.record(place, unconfirmed, null, prompt.person(), null);
            } else {
                ledger.release(place);
            }
            throw failure;
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
