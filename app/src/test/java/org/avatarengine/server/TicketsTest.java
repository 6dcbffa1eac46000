package org.avatarengine.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TicketsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    /** A clock that the test sets. */
    private static final class Watch extends Clock {
        private Instant now = NOW;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }

    private final Watch watch = new Watch();
    private final Tickets tickets = new Tickets(watch);

    @Test
    void ticketIsValidForOneResourceAndTwelveHours() {
        String ticket = tickets.issue("/media?id=a");
        assertThat(tickets.admits("/media?id=a", ticket)).isTrue();
        assertThat(tickets.admits("/media?id=b", ticket)).isFalse();
        watch.now = NOW.plus(Duration.ofHours(12));
        assertThat(tickets.admits("/media?id=a", ticket)).isTrue();
        watch.now = NOW.plus(Duration.ofHours(12)).plusSeconds(1);
        assertThat(tickets.admits("/media?id=a", ticket)).isFalse();
    }

    @Test
    void ticketOfAnotherProcessIsRejected() {
        assertThat(new Tickets(watch).admits("/media?id=a", tickets.issue("/media?id=a")))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ".", "1.", ".x", "x.y", "99999999999.", "-1.x", "1767225600", "999999999999999999999.x"})
    void malformedTicketIsRejected(String ticket) {
        assertThat(tickets.admits("/media?id=a", ticket)).isFalse();
    }
}
