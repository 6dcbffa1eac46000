package org.avatarengine.reliability;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedBulkheadMetrics;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.github.resilience4j.micrometer.tagged.TaggedRetryMetrics;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.retry.RetryRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.avatarengine.failure.Failure;
import org.avatarengine.failure.ServiceException;
import org.jspecify.annotations.Nullable;

/**
 * Makes calls to a service according to its {@link Policy}. From outside in: the bulkhead limits concurrent calls, each
 * call is retried after transient failures, and each attempt goes through the circuit breaker.
 */
public final class Reliability {
    private final String name;
    private final Policy policy;
    private final Bulkhead bulkhead;
    private final Retry retry;
    private final CircuitBreaker breaker;
    private final Timer timer;

    /**
     * @param name the name of the service, for messages and metrics
     * @param metrics the registry that counts calls, failures, retries and states
     */
    public Reliability(String name, Policy policy, MeterRegistry metrics) {
        this.name = name;
        this.policy = policy;
        RandomGenerator random = RandomGenerator.getDefault();
        RetryRegistry retries = RetryRegistry.of(RetryConfig.custom()
                .maxAttempts(policy.attempts())
                .retryOnException(Reliability::isPassing)
                .intervalBiFunction((attempt, outcome) ->
                        pause(attempt, outcome.swap().getOrNull(), random).toMillis())
                .build());
        CircuitBreakerRegistry breakers = CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
                .failureRateThreshold((float) (100 * policy.failureRate()))
                .slidingWindowSize(policy.window())
                .minimumNumberOfCalls(policy.window())
                .waitDurationInOpenState(policy.openFor())
                .permittedNumberOfCallsInHalfOpenState(1)
                .recordException(Reliability::isBreaking)
                .build());
        BulkheadRegistry bulkheads = BulkheadRegistry.of(BulkheadConfig.custom()
                .maxConcurrentCalls(policy.concurrent())
                .maxWaitDuration(Duration.ofHours(1))
                .build());
        retry = retries.retry(name);
        breaker = breakers.circuitBreaker(name);
        bulkhead = bulkheads.bulkhead(name);
        timer = Timer.builder("avatar.calls").tag("name", name).register(metrics);
        TaggedRetryMetrics.ofRetryRegistry(retries).bindTo(metrics);
        TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(breakers).bindTo(metrics);
        TaggedBulkheadMetrics.ofBulkheadRegistry(bulkheads).bindTo(metrics);
    }

    private Duration pause(int attempt, @Nullable Throwable failure, RandomGenerator random) {
        Duration own = policy.backoff().pause(attempt, policy.first(), policy.longest(), random);
        return failure instanceof ServiceException service
                        && service.retryAfter() != null
                        && service.retryAfter().compareTo(own) > 0
                ? service.retryAfter()
                : own;
    }

    private static boolean isPassing(Throwable e) {
        return e instanceof ServiceException service && service.reason().passing();
    }

    /** Rate limits are handled by the limiter. They do not mean that the service is down. */
    private static boolean isBreaking(Throwable e) {
        return isPassing(e) && ((ServiceException) e).reason() != ServiceException.Reason.RATE_LIMITED;
    }

    public Policy policy() {
        return policy;
    }

    /**
     * Makes a call.
     *
     * @param call throws {@link ServiceException} when it fails
     * @throws ServiceException the last failure, or {@code CIRCUIT_OPEN} while calls are paused
     */
    public <T> T call(Supplier<T> call) {
        Supplier<T> attempt = CircuitBreaker.decorateSupplier(breaker, () -> timer.record(call));
        try {
            return Bulkhead.decorateSupplier(bulkhead, Retry.decorateSupplier(retry, attempt))
                    .get();
        } catch (CallNotPermittedException e) {
            throw new ServiceException(
                    ServiceException.Reason.CIRCUIT_OPEN,
                    name + " failed too often, so calls to it are paused for "
                            + policy.openFor().toSeconds() + " s. Try again later."
                            + " `avatar doctor` shows the state.",
                    policy.openFor(),
                    e);
        }
    }

    /** Makes a call with another rule for transient failures. */
    public <T> T call(Supplier<T> call, Predicate<Failure> passing) {
        return call(() -> {
            try {
                return call.get();
            } catch (ServiceException e) {
                throw e;
            } catch (Failure e) {
                if (passing.test(e)) {
                    throw new ServiceException(
                            ServiceException.Reason.UNREACHABLE, String.valueOf(e.getMessage()), null, e);
                }
                throw e;
            }
        });
    }

    /** The state of the circuit: CLOSED, OPEN or HALF_OPEN. */
    public String state() {
        return breaker.getState().name();
    }
}
