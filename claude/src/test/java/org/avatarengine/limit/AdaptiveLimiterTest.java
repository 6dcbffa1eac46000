package org.avatarengine.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdaptiveLimiterTest {
    private static final Instant BEGIN = Instant.parse("2026-11-20T00:00:00Z");

    /** A model of the service: three token buckets. Input counts on arrival, output when it is generated. */
    private static final class Service {
        double requestLimit;
        double inputLimit;
        double outputLimit;
        double requests;
        double input;
        double output;
        Instant at = BEGIN;
        double inputOffered;
        double outputOffered;
        double requestsOffered;

        Service(double requestLimit, double inputLimit, double outputLimit) {
            limits(requestLimit, inputLimit, outputLimit);
            requests = requestLimit;
            input = inputLimit;
            output = outputLimit;
        }

        void limits(double perMinute, double inputPerMinute, double outputPerMinute) {
            requestLimit = perMinute;
            inputLimit = inputPerMinute;
            outputLimit = outputPerMinute;
        }

        void fill(Instant now) {
            double minutes = Duration.between(at, now).toNanos() / 60e9;
            at = now;
            requestsOffered += requestLimit * minutes;
            inputOffered += inputLimit * minutes;
            outputOffered += outputLimit * minutes;
            requests = Math.min(requestLimit, requests + requestLimit * minutes);
            input = Math.min(inputLimit, input + inputLimit * minutes);
            output = Math.min(outputLimit, output + outputLimit * minutes);
        }

        /** Null if the request is accepted; otherwise the time to wait. */
        Duration admit(double tokens, Instant now) {
            fill(now);
            if (requests >= 1 && input >= tokens && output > 0) {
                requests--;
                input -= tokens;
                return null;
            }
            double seconds = Math.max(
                            (1 - requests) / requestLimit,
                            Math.max((tokens - input) / inputLimit, -output / outputLimit))
                    * 60;
            return Duration.ofSeconds((long) Math.ceil(Math.max(seconds, 0.1)));
        }

        Allowance headers() {
            return new Allowance(
                    OptionalLong.of((long) requestLimit), OptionalLong.of((long) Math.max(0, requests)),
                    OptionalLong.of((long) inputLimit), OptionalLong.of(Math.max(0, Math.round(input / 1000) * 1000)),
                    OptionalLong.of((long) outputLimit),
                            OptionalLong.of(Math.max(0, Math.round(output / 1000) * 1000)));
        }
    }

    private record Call(AdaptiveLimiter.Permit permit, Instant ends, double input, double output) {}

    private record Outcome(int sent, int refused, double requests, double input, double output) {
        double refusedShare() {
            return (double) refused / sent;
        }

        /** The usage of the limit that is closest to exhaustion. */
        double used() {
            return Math.max(requests, Math.max(input, output));
        }
    }

    private Instant now = BEGIN;

    /** Simulates a day with requests always waiting, in virtual time. */
    private Outcome day(Service service, double meanInput, double meanOutput, boolean limitsChange, long seed) {
        Random random = new Random(seed);
        AdaptiveLimiter limiter = new AdaptiveLimiter(new AdaptiveLimiter.Start(10, 1, 64), () -> now);
        PriorityQueue<Call> underWay = new PriorityQueue<>(Comparator.comparing(Call::ends));
        int sent = 0;
        int refused = 0;
        double inputUsed = 0;
        double outputUsed = 0;
        double typicalOutput = meanOutput;
        double tokens = meanInput;
        double estimate = meanInput;
        boolean halved = false;
        Instant end = BEGIN.plus(Duration.ofHours(24));
        while (now.isBefore(end)) {
            boolean inMiddle =
                    now.isAfter(BEGIN.plus(Duration.ofHours(8))) && now.isBefore(BEGIN.plus(Duration.ofHours(12)));
            if (limitsChange && inMiddle != halved) {
                service.fill(now);
                halved = inMiddle;
                double factor = halved ? 0.5 : 2;
                service.limits(
                        service.requestLimit * factor, service.inputLimit * factor, service.outputLimit * factor);
            }
            AdaptiveLimiter.Permit permit = limiter.tryAcquire((long) estimate, (long) typicalOutput);
            if (permit != null) {
                sent++;
                Duration wait = service.admit(tokens, now);
                if (wait != null) {
                    refused++;
                    limiter.limited(permit, wait, service.headers());
                } else {
                    double out = meanOutput * (0.5 + random.nextDouble());
                    Duration takes = Duration.ofMillis((long) (500 + out * 12 * (0.7 + 0.6 * random.nextDouble())));
                    underWay.add(new Call(permit, now.plus(takes), tokens, out));
                    tokens = meanInput * Math.exp(0.4 * random.nextGaussian());
                    estimate = tokens * (0.9 + 0.2 * random.nextDouble()); // counting beforehand is not exact
                }
                continue;
            }
            Instant next = now.plus(limiter.untilAllowed((long) estimate, (long) typicalOutput));
            Call first = underWay.peek();
            if (first != null && first.ends.isBefore(next)) {
                now = first.ends;
                underWay.remove();
                service.fill(now);
                service.output -= first.output;
                inputUsed += first.input;
                outputUsed += first.output;
                typicalOutput = 0.95 * typicalOutput + 0.05 * first.output;
                limiter.succeeded(first.permit, (long) first.input, (long) first.output, service.headers());
            } else {
                now = next;
            }
        }
        service.fill(now);
        return new Outcome(
                sent,
                refused,
                (sent - refused) / service.requestsOffered,
                inputUsed / service.inputOffered,
                outputUsed / service.outputOffered);
    }

    /** In each case a different limit is the bottleneck; in the last, the limits are halved for four hours. */
    @ParameterizedTest
    @CsvSource({
        "50, 40000, 8000, 600, 400, false",
        "50, 40000, 80000, 3000, 200, false",
        "50, 400000, 80000, 600, 100, false",
        "1000, 450000, 90000, 3000, 400, false",
        "1000, 450000, 90000, 3000, 400, true"
    })
    void aDayUsesTheAllowanceAndIsHardlyRefused(
            double rpm, double itpm, double otpm, double input, double output, boolean change) {
        Outcome outcome = day(new Service(rpm, itpm, otpm), input, output, change, 7);
        System.out.printf(
                "limits %.0f/%.0f/%.0f: sent %,d, refused %.3f%%, used %.1f%% (requests %.2f input %.2f output %.2f)%n",
                rpm,
                itpm,
                otpm,
                outcome.sent,
                100 * outcome.refusedShare(),
                100 * outcome.used(),
                outcome.requests,
                outcome.input,
                outcome.output);
        assertThat(outcome.refusedShare()).isLessThanOrEqualTo(0.005);
        assertThat(outcome.used()).isGreaterThanOrEqualTo(0.9);
    }

    @Test
    void itStartsLowAndRisesWithSuccess() {
        AdaptiveLimiter limiter = new AdaptiveLimiter(AdaptiveLimiter.Start.CAREFUL, () -> now);
        AdaptiveLimiter.Permit first = limiter.tryAcquire(10, 10);
        assertThat(first).isNotNull();
        assertThat(limiter.tryAcquire(10, 10)).isNull(); // one at once
        limiter.succeeded(first, 10, 10, Allowance.UNKNOWN);
        assertThat(limiter.untilAllowed(10, 10)).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(6)); // 11 a minute
        now = now.plusSeconds(6);
        AdaptiveLimiter.Permit second = limiter.tryAcquire(10, 10);
        assertThat(second).isNotNull();
        limiter.limited(second, Duration.ofSeconds(30), Allowance.UNKNOWN);
        assertThat(limiter.untilAllowed(10, 10)).isEqualTo(Duration.ofSeconds(30));
        assertThat(limiter.learnt().describe(Locale.ENGLISH)).isEqualTo("6 requests per minute, 1 at the same time");
    }

    /** A second run neither starts again at the careful rate nor ignores the pause that the first one was told. */
    @Test
    void whatOneRunHasLearntTheNextOneKeeps() {
        AdaptiveLimiter limiter = new AdaptiveLimiter(AdaptiveLimiter.Start.CAREFUL, () -> now);
        Allowance allowance = new Allowance(
                OptionalLong.of(50),
                OptionalLong.of(49),
                OptionalLong.of(100_000),
                OptionalLong.of(99_000),
                OptionalLong.of(20_000),
                OptionalLong.of(19_000));
        for (int i = 0; i < 10; i++) {
            AdaptiveLimiter.Permit permit = limiter.tryAcquire(10, 10);
            assertThat(permit).isNotNull();
            limiter.succeeded(permit, 10, 10, allowance);
            now = now.plusSeconds(6);
        }
        AdaptiveLimiter.Permit last = limiter.tryAcquire(10, 10);
        assertThat(last).isNotNull();
        limiter.limited(last, Duration.ofSeconds(40), Allowance.UNKNOWN);
        LearntLimits learnt = limiter.learnt();
        assertThat(learnt.describe(Locale.ENGLISH))
                .isEqualTo("10 requests per minute, 1 at the same time, 98,500 input tokens per minute, 19,700 output"
                        + " tokens per minute");
        now = now.plusSeconds(10);
        assertThat(learnt.waiting(now)).isEqualTo(Duration.ofSeconds(30));
        AdaptiveLimiter next = new AdaptiveLimiter(AdaptiveLimiter.Start.CAREFUL, learnt, () -> now);
        assertThat(next.untilAllowed(10, 10)).isEqualTo(Duration.ofSeconds(30));
        // After ten seconds, a sixth of a minute's tokens is certainly free.
        now = now.plusSeconds(30);
        assertThat(next.tryAcquire(10, 10)).isNotNull();
        assertThat(next.learnt().concurrent()).isEqualTo(learnt.concurrent());
        assertThat(next.learnt().requestsPerMinute()).isEqualTo(learnt.requestsPerMinute());
    }

    @Test
    void refusalsWithoutAPauseWaitLongerEachTime() {
        AdaptiveLimiter limiter = new AdaptiveLimiter(AdaptiveLimiter.Start.CAREFUL, () -> now);
        Duration last = Duration.ZERO;
        limiter.untilAllowed(1, 1);
        now = now.plus(Duration.ofMinutes(3)); // so that only the pause remains to wait for
        for (int i = 0; i < 5; i++) {
            AdaptiveLimiter.Permit permit = limiter.tryAcquire(1, 1);
            assertThat(permit).isNotNull();
            limiter.limited(permit, null, Allowance.UNKNOWN);
            Duration wait = limiter.untilAllowed(1, 1);
            assertThat(wait).isGreaterThanOrEqualTo(last);
            last = wait;
            now = now.plus(Duration.ofMinutes(3));
        }
    }
}
