package org.avatarengine.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactingFormatterTest {
    private final RedactingFormatter formatter = new RedactingFormatter(() -> "US");

    private String format(String message, Throwable thrown) {
        LogRecord record = new LogRecord(Level.SEVERE, message);
        record.setLoggerName("org.example");
        record.setThrown(thrown);
        return formatter.format(record);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "could not send to +1 (212) 555-0147 today | 555-0147",
                "no such user anna.vogt@example.net here | anna.vogt",
                "key sk-ant-api03-abcdefghijklmnopqrstuvwxyz0123456789 refused | abcdefghijkl",
                "AWS key AKIAIOSFODNN7EXAMPLE used | AKIAIOSFODNN7EXAMPLE",
                "token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U | eyJzdWIi",
                "card 4111 1111 1111 1111 declined | 4111",
                "account DE89 3704 0044 0532 0130 00 unknown | 0532"
            })
    void nothingOfPeopleIsLeft(String message, String secret) {
        assertThat(message).contains(secret);
        assertThat(format(message, null)).doesNotContain(secret).contains("SEVERE org.example");
    }

    /** What an error says can quote a message; where it happened cannot. */
    @Test
    void ofErrorsOnlyKindAndPlaceAreTold() {
        String text = format(
                "it failed",
                new IllegalStateException("the text was: see you at the lake", new RuntimeException("at the lake")));
        assertThat(text)
                .doesNotContain("lake")
                .contains("java.lang.IllegalStateException", "java.lang.RuntimeException", "RedactingFormatterTest");
    }

    /** Nobody can begin a line of their own in the log, or steer the terminal it is shown on. */
    @Test
    void aMessageStaysOnItsLine() {
        String text = format("one\n2026-01-01 SEVERE forged: entry\r\u001b[2Jgone", null);
        assertThat(text.lines()).hasSize(1);
        assertThat(text).doesNotContain("\u001b");
    }
}
