package org.avatarengine.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactingFormatterTest {
    private static final KnownNames NAMES = new KnownNames(Duration.ofSeconds(2));

    private final RedactingFormatter formatter = new RedactingFormatter(() -> "US", NAMES);

    private String format(String message, Throwable thrown) {
        LogRecord record = new LogRecord(Level.SEVERE, message);
        record.setLoggerName("org.avatarengine.example");
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
    void personalDataIsRemoved(String message, String secret) {
        assertThat(message).contains(secret);
        assertThat(format(message, null)).doesNotContain(secret).contains("SEVERE org.avatarengine.example");
    }

    /** The message of an exception can quote personal data; its location cannot. */
    @Test
    void exceptionsAreReducedToTypeAndLocation() {
        String text = format(
                "it failed",
                new IllegalStateException("the text was: see you at the lake", new RuntimeException("at the lake")));
        assertThat(text)
                .doesNotContain("lake")
                .contains("java.lang.IllegalStateException", "java.lang.RuntimeException", "RedactingFormatterTest");
    }

    /** A message cannot forge a log line or send control sequences to the terminal. */
    @Test
    void aMessageStaysOnOneLine() {
        String text = format("one\n2026-01-01 SEVERE forged: entry\r\u001b[2Jgone", null);
        assertThat(text.lines()).hasSize(1);
        assertThat(text).doesNotContain("\u001b");
    }

    @Test
    void namesOfPeopleInTheStoreAreRemoved() {
        NAMES.from(() -> List.of("Maya Okafor", "Maya", "Bo", "Jörg"));
        assertThat(format("talk of MAYA OKAFOR, maya and jörg, not Mayas", null))
                .contains("talk of [NAME], [NAME] and [NAME], not Mayas");
    }

    @Test
    void messagesThatCannotBeCheckedAreNotShown() {
        NAMES.from(() -> {
            throw new IllegalStateException("the store is closed");
        });
        assertThat(format("talk of Maya", null)).doesNotContain("Maya").contains("left out");
        KnownNames slow = new KnownNames(Duration.ofMillis(50));
        slow.from(() -> {
            try {
                Thread.sleep(10_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return List.of();
        });
        assertThat(slow.hide("talk of Maya")).isNull();
    }

    /** A library's log message can contain anything, including the text of messages. */
    @Test
    void messagesOfLibrariesAreLeftOut() {
        LogRecord record = new LogRecord(Level.SEVERE, "cannot parse: see you at the lake");
        record.setLoggerName("org.example.parser");
        assertThat(formatter.format(record)).contains("org.example.parser").doesNotContain("lake");
    }

    @Property(tries = 200)
    void namesAreRemovedAnywhereInAMessage(
            @ForAll @AlphaChars @StringLength(min = 3, max = 20) String name,
            @ForAll @AlphaChars @StringLength(max = 10) String before) {
        Assume.that(
                !"[NAME] talk".toLowerCase(java.util.Locale.ROOT).contains(name.toLowerCase(java.util.Locale.ROOT)));
        KnownNames names = new KnownNames(Duration.ofSeconds(2));
        names.from(() -> List.of(name));
        assertThat(names.hide(before + " " + name + ", talk " + name.toUpperCase(java.util.Locale.ROOT)))
                .isEqualTo((before.equalsIgnoreCase(name) ? "[NAME]" : before) + " [NAME], talk [NAME]");
    }
}
