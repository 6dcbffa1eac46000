package org.avatarengine.limit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Decides when the next request may be sent. It observes the service's three limits (requests, input tokens and output
 * tokens per minute), which it learns from the answers, and two of its own: the request rate and the number of
 * concurrent requests. These start low, rise slightly with each success and are cut when the service refuses (additive
 * increase, multiplicative decrease; Chiu and Jain 1989).
 */
public final class AdaptiveLimiter {
    /**
     * The initial values and the maximum.
     *
     * @param requestsPerMinute the initial request rate
     * @param concurrent the initial number of concurrent requests
     * @param mostConcurrent the maximum number of concurrent requests
     */
    public record Start(int requestsPerMinute, int concurrent, int mostConcurrent) {
        public static final Start CAREFUL = new Start(10, 1, 16);

        public Start {
            if (requestsPerMinute < 1 || concurrent < 1 || mostConcurrent < concurrent) {
                throw new IllegalArgumentException(
                        "requests_per_minute and concurrency must be at least 1, and max_concurrency no less than that");
            }
        }
    }

    /** A request that may be sent. It must be ended by {@link #succeeded}, {@link #limited} or {@link #failed}. */
    public static final class Permit {
        private final double input;
        private final double output;

        private Permit(double input, double output) {
            this.input = input;
            this.output = output;
        }
    }

    /** The service rounds the remaining tokens to the nearest thousand. */
    private static final double ROUNDING = 500;

    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);

    private final InstantSource clock;
    private final int mostConcurrent;
    private final TokenBucket requests;
    private final TokenBucket input;
    private final TokenBucket output;
    private double rate;
    private double mostRate = Double.POSITIVE_INFINITY;
    private double concurrent;
    private int underWay;
    private double pendingInput;
    private double pendingOutput;
    /** The recent relative error of estimated prompt lengths. */
    private double underestimate;

    private int refusals;
    private Instant blockedUntil = Instant.MIN;

    public AdaptiveLimiter(Start start, InstantSource clock) {
        this.clock = clock;
        this.rate = start.requestsPerMinute();
        this.concurrent = start.concurrent();
        this.mostConcurrent = start.mostConcurrent();
        this.requests = new TokenBucket(rate, 1);
        this.input = new TokenBucket(Double.POSITIVE_INFINITY, 0);
        this.output = new TokenBucket(Double.POSITIVE_INFINITY, 0);
    }

    /** A limiter that continues with what an earlier one has learnt; {@code start} only sets the maximum. */
    public AdaptiveLimiter(Start start, LearntLimits learnt, InstantSource clock) {
        this.clock = clock;
        this.rate = Math.max(1, learnt.requestsPerMinute());
        this.mostRate = learnt.mostRequestsPerMinute().isPresent()
                ? learnt.mostRequestsPerMinute().getAsLong()
                : Double.POSITIVE_INFINITY;
        this.concurrent = Math.clamp(learnt.concurrent(), 1, start.mostConcurrent());
        this.mostConcurrent = start.mostConcurrent();
        this.blockedUntil = learnt.blockedUntil();
        this.requests = new TokenBucket(Math.min(rate, mostRate), 1);
        // How much of the last minute's tokens was used is not known, so the buckets begin empty at that time.
        double minutes =
                Math.clamp(Duration.between(learnt.at(), clock.instant()).toMillis() / 60_000.0, 0, 1);
        this.input = filled(learnt.inputPerMinute(), minutes);
        this.output = filled(learnt.outputPerMinute(), minutes);
    }

    private static TokenBucket filled(OptionalLong perMinute, double share) {
        return perMinute.isPresent()
                ? new TokenBucket(perMinute.getAsLong(), share * perMinute.getAsLong())
                : new TokenBucket(Double.POSITIVE_INFINITY, 0);
    }

    /** What this limiter has learnt so far. */
    public synchronized LearntLimits learnt() {
        return new LearntLimits(
                Math.min(rate, mostRate),
                concurrent,
                known(mostRate),
                known(input.perMinute()),
                known(output.perMinute()),
                blockedUntil.isAfter(clock.instant()) ? blockedUntil : Instant.EPOCH,
                clock.instant());
    }

    private static OptionalLong known(double perMinute) {
        return Double.isInfinite(perMinute) ? OptionalLong.empty() : OptionalLong.of((long) perMinute);
    }

    /** Waits until a request may be sent. */
    public synchronized Permit acquire(long inputTokens, long outputTokens) throws InterruptedException {
        while (true) {
            Duration wait = untilAllowed(inputTokens, outputTokens);
            if (wait.isZero()) {
                return take(inputTokens, outputTokens);
            }
            wait(Math.max(1, wait.toMillis()));
        }
    }

    /** Takes a permit if one is available now; null otherwise. */
    public synchronized @Nullable Permit tryAcquire(long inputTokens, long outputTokens) {
        return untilAllowed(inputTokens, outputTokens).isZero() ? take(inputTokens, outputTokens) : null;
    }

    /**
     * The estimated time until a request may be sent; an hour if it must wait for another to end.
     *
     * @param inputTokens the length of the prompt without cached tokens, which no limit counts
     * @param outputTokens the estimated length of the answer
     */
    public synchronized Duration untilAllowed(long inputTokens, long outputTokens) {
        Instant now = clock.instant();
        if (underWay >= (int) concurrent) {
            return LONG;
        }
        Duration wait = blockedUntil.isAfter(now) ? Duration.between(now, blockedUntil) : Duration.ZERO;
        wait = longer(wait, requests.untilEnough(1, now));
        wait = longer(wait, input.untilEnough(inputTokens * (1.01 + underestimate), now));
        return longer(wait, output.untilEnough(outputTokens, now));
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private Permit take(double inputTokens, double outputTokens) {
        Instant now = clock.instant();
        requests.take(1, now);
        input.take(inputTokens, now);
        output.take(outputTokens, now);
        underWay++;
        pendingInput += inputTokens;
        pendingOutput += outputTokens;
        return new Permit(inputTokens, outputTokens);
    }

    private void end(Permit permit) {
        underWay--;
        pendingInput -= permit.input;
        pendingOutput -= permit.output;
        notifyAll();
    }

    /** The request was answered. */
    public synchronized void succeeded(Permit permit, long inputTokens, long outputTokens, Allowance allowance) {
        underestimate = Math.max(0.998 * underestimate, permit.input > 0 ? inputTokens / permit.input - 1 : 0);
        boolean full = underWay >= (int) concurrent;
        end(permit);
        input.giveBack(permit.input - inputTokens);
        output.giveBack(permit.output - outputTokens);
        refusals = 0;
        rate = Math.min(mostRate, rate + 1);
        if (full) {
            concurrent = Math.min(mostConcurrent, concurrent + 1 / concurrent);
        }
        observe(allowance);
    }

    /** The service refused the request because of its limits (429) or its load (529). */
    public synchronized void limited(Permit permit, @Nullable Duration retryAfter, Allowance allowance) {
        end(permit);
        refusals++;
        rate = Math.max(1, rate / 2);
        concurrent = Math.max(1, concurrent / 2);
        observe(allowance);
        Duration own = Duration.ofSeconds(1L << Math.min(refusals, 7));
        Duration pause = retryAfter != null ? retryAfter : own.compareTo(LONGEST_PAUSE) < 0 ? own : LONGEST_PAUSE;
        Instant until = clock.instant().plus(pause);
        blockedUntil = until.isAfter(blockedUntil) ? until : blockedUntil;
    }

    /** The request failed for a reason unrelated to limits. */
    public synchronized void failed(Permit permit) {
        end(permit);
    }

    private void observe(Allowance allowance) {
        Instant now = clock.instant();
        allowance.requests().ifPresent(limit -> mostRate = limit);
        requests.setRate(Math.min(rate, mostRate), now);
        if (allowance.requestsLeft().isPresent() && allowance.requestsLeft().getAsLong() <= underWay) {
            requests.observe(OptionalLong.empty(), allowance.requestsLeft(), underWay, 0, now);
        }
        input.observe(allowance.inputTokens(), allowance.inputTokensLeft(), pendingInput, ROUNDING, now);
        output.observe(allowance.outputTokens(), allowance.outputTokensLeft(), pendingOutput, ROUNDING, now);
    }
}
