package org.avatarengine.app.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.avatarengine.reliability.Backoff;
import org.avatarengine.reliability.Policy;
import org.avatarengine.reliability.Reliability;
import org.avatarengine.source.SourceException;
import org.junit.jupiter.api.Test;

class DiskRetryTest {
    private final Reliability disk = new Reliability(
            "disk",
            new Policy(
                    3,
                    Backoff.LINEAR,
                    Duration.ofMillis(1),
                    Duration.ofMillis(3),
                    Duration.ofSeconds(1),
                    1,
                    1,
                    100,
                    Duration.ofSeconds(1)),
            new SimpleMeterRegistry());
    private final AtomicInteger opened = new AtomicInteger();

    private String open(int failures, Exception cause) throws Exception {
        return DiskRetry.open(disk, () -> {
            if (opened.incrementAndGet() <= failures) {
                throw new SourceException("Cannot copy x.", cause);
            }
            return "open";
        });
    }

    @Test
    void aTemporaryFaultIsRetried() throws Exception {
        assertThat(open(2, new IOException("Stale file handle"))).isEqualTo("open");
        assertThat(opened).hasValue(3);
    }

    @Test
    void theLastFailureIsReportedUnchanged() {
        assertThatThrownBy(() -> open(9, new IOException("Host is down")))
                .isInstanceOf(SourceException.class)
                .hasMessage("Cannot copy x.");
        assertThat(opened).hasValue(3);
    }

    @Test
    void aPermanentFaultIsNotRetried() {
        assertThatThrownBy(() -> open(9, new NoSuchFileException("x"))).isInstanceOf(SourceException.class);
        assertThatThrownBy(() -> open(9, new IOException("No space left on device")))
                .isInstanceOf(SourceException.class);
        assertThatThrownBy(() -> open(9, new IllegalStateException("no database")))
                .isInstanceOf(SourceException.class);
        assertThat(opened).hasValue(3);
    }
}
