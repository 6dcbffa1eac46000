package org.avatarengine.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.avatarengine.failure.ServiceException;
import org.avatarengine.failure.ServiceException.Reason;
import org.junit.jupiter.api.Test;

class ReliabilityTest {
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    private Reliability reliability(int attempts, int window, int concurrent) {
        return new Reliability(
                "thing",
                new Policy(
                        attempts,
                        Backoff.LINEAR,
                        Duration.ofMillis(1),
                        Duration.ofMillis(3),
                        Duration.ofSeconds(1),
                        concurrent,
                        0.5,
                        window,
                        Duration.ofMillis(50)),
                metrics);
    }

    private static ServiceException failure(Reason reason) {
        return new ServiceException(reason, "no", null, null);
    }

    @Test
    void onlyTransientFailuresAreRetried() {
        AtomicInteger calls = new AtomicInteger();
        String answer = reliability(3, 100, 1).call(() -> {
            if (calls.incrementAndGet() < 3) {
                throw failure(Reason.BROKEN);
            }
            return "yes";
        });
        assertThat(answer).isEqualTo("yes");
        assertThat(calls).hasValue(3);
        assertThatThrownBy(() -> reliability(3, 100, 1).call(() -> {
                    calls.incrementAndGet();
                    throw failure(Reason.REJECTED);
                }))
                .isInstanceOf(ServiceException.class);
        assertThat(calls).hasValue(4);
    }

    @Test
    void thePauseRequestedByTheServiceIsKept() {
        AtomicInteger calls = new AtomicInteger();
        long begin = System.nanoTime();
        reliability(2, 100, 1).call(() -> {
            if (calls.incrementAndGet() == 1) {
                throw new ServiceException(Reason.RATE_LIMITED, "slow", Duration.ofMillis(120), null);
            }
            return true;
        });
        assertThat(System.nanoTime() - begin)
                .isGreaterThan(Duration.ofMillis(115).toNanos());
    }

    @Test
    void theCircuitOpensAndClosesAgain() throws Exception {
        Reliability reliability = reliability(1, 4, 1);
        for (int i = 0; i < 4; i++) {
            assertThatThrownBy(() -> reliability.call(() -> {
                        throw failure(Reason.OVERLOADED);
                    }))
                    .isInstanceOf(ServiceException.class);
        }
        assertThat(reliability.state()).isEqualTo("OPEN");
        AtomicInteger calls = new AtomicInteger();
        assertThatThrownBy(() -> reliability.call(calls::incrementAndGet))
                .isInstanceOfSatisfying(
                        ServiceException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CIRCUIT_OPEN));
        assertThat(calls).hasValue(0);
        Thread.sleep(80);
        reliability.call(calls::incrementAndGet);
        assertThat(reliability.state()).isEqualTo("CLOSED");
    }

    @Test
    void rateLimitsDoNotOpenTheCircuit() {
        Reliability reliability = reliability(1, 4, 1);
        for (int i = 0; i < 8; i++) {
            assertThatThrownBy(() -> reliability.call(() -> {
                        throw failure(Reason.RATE_LIMITED);
                    }))
                    .isInstanceOf(ServiceException.class);
        }
        assertThat(reliability.state()).isEqualTo("CLOSED");
    }

    @Test
    void concurrentCallsAreLimited() throws Exception {
        Reliability reliability = reliability(1, 100, 2);
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch all = new CountDownLatch(12);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 12; i++) {
                threads.submit(() -> {
                    reliability.call(() -> {
                        most.accumulateAndGet(now.incrementAndGet(), Math::max);
                        try {
                            Thread.sleep(5);
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        now.decrementAndGet();
                        return true;
                    });
                    all.countDown();
                });
            }
            all.await();
        }
        assertThat(most).hasValue(2);
        assertThat(metrics.get("avatar.calls").timer().count()).isEqualTo(12);
    }

    @Test
    void pausesGrowAsConfigured() {
        Duration first = Duration.ofMillis(100);
        Duration longest = Duration.ofMillis(600);
        Random random = new Random(1);
        assertThat(pauses(Backoff.LINEAR, first, longest, random)).containsExactly(100L, 200L, 300L, 400L, 500L, 600L);
        assertThat(pauses(Backoff.FIBONACCI, first, longest, random))
                .containsExactly(100L, 100L, 200L, 300L, 500L, 600L);
        List<Long> doubling = pauses(Backoff.EXPONENTIAL, first, longest, random);
        for (int i = 0; i < 3; i++) {
            assertThat(doubling.get(i)).isBetween(50L << i, 100L << i);
        }
        assertThat(Backoff.EXPONENTIAL.pause(1000, first, longest, random)).isEqualTo(longest);
        assertThat(Backoff.FIBONACCI.pause(1000, first, longest, random)).isEqualTo(longest);
    }

    private static List<Long> pauses(Backoff backoff, Duration first, Duration longest, Random random) {
        return IntStream.rangeClosed(1, 6)
                .mapToObj(attempt ->
                        backoff.pause(attempt, first, longest, random).toMillis())
                .toList();
    }
}
