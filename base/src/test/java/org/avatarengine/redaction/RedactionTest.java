package org.avatarengine.redaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.avatarengine.failure.NotRedacted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
    private static String redact(String text) {
        return new Redactor("US").redact(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            call me on (415) 555-2671 ok             | call me on [PHONE] ok
            meine Nummer: +49 30 901820              | meine Nummer: [PHONE]
            write to a.b+c@mail.example.org.         | write to [EMAIL].
            ｍａｙａ＠ｅｘａｍｐｌｅ．ｏｒｇ it is    | [EMAIL] it is
            card 4111 1111 1111 1111 exp 12/27       | card [CARD] exp 12/27
            DE89 3704 0044 0532 0130 00 please       | [ACCOUNT] please
            it's at 221B Baker Street, come by       | it's at [ADDRESS], come by
            12 oak tree ln. apt 4                    | [ADDRESS]
            wir sind Torstraße 12                    | wir sind [ADDRESS]
            Springfield, IL 62704                    | Springfield, [ADDRESS]
            the password is hunter2!                 | the password is [SECRET]
            door code: 4471                          | door code: [SECRET]
            key sk-ant-api03-abcDEF0123456789xyz     | key [KEY]
            AKIAIOSFODNN7EXAMPLE                     | [KEY]
            see https://ex.org/reset?token=abc123    | see [LINK ex.org]
            I'm at 52.520008, 13.404954              | I'm at [PLACE]
            ssn 078-05-1120                          | ssn [NUMBER]
            order 8839201773                         | order [NUMBER]
            """)
    void personalDataIsReplaced(String text, String expected) {
        assertThat(redact(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "see you on 24.12.2024 at 18:30",
                "since 2019-05-06 14:30 we",
                "it cost 1,200 dollars, or 1,000,000 in lira",
                "in 2019 there were 350 of us",
                "ok 👨‍👩‍👧 lol",
                "I live 3 doors down the road",
                "antidisestablishmentarianism is long"
            })
    void otherTextIsNotChanged(String text) {
        assertThat(redact(text)).isEqualTo(text);
        assertThat(new Gate(List.of(), List.of()).objection(text)).isEmpty();
    }

    @Test
    void theGateRefusesUnredactedText() {
        Gate gate = new Gate(List.of("+14155552671", "maya@example.org"), List.of("Maya Okafor"));
        assertThat(gate.objection("ring 415.555.2671")).contains("a phone number from the store");
        assertThat(gate.objection("ring 4-1-5-5-5-5-2-6-7-1")).contains("a phone number from the store");
        assertThat(gate.objection("it is 5552671")).contains("a phone number from the store");
        assertThat(gate.objection("MAYA@example.org")).contains("a possible e-mail address");
        assertThat(gate.objection("number 12345678")).contains("a number of seven digits or more");
        assertThat(gate.objection("ask maya okafor")).contains("a name");
        assertThat(gate.objection("sk-ant-xyz")).contains("a possible key");
        assertThat(gate.objection("[2024-05-06 14:30] m17 A: see you at 7")).isEmpty();
        assertThatThrownBy(() -> gate.check("a request", "ring 415.555.2671"))
                .isInstanceOf(NotRedacted.class)
                .hasMessageContaining("Nothing was sent")
                .hasMessageNotContaining("2671");
    }

    @Test
    void digitsHiddenByInvisibleCharactersAreFound() {
        String hidden = "41\u200B55\u200B55\u200B2671";
        assertThat(redact(hidden)).isEqualTo("[PHONE]");
        assertThat(new Gate(List.of(), List.of()).objection(hidden)).isPresent();
    }

    @Test
    void namesAreReplacedAndRestored() {
        Pseudonyms pseudonyms =
                new Pseudonyms(List.of(List.of("Maya Okafor", "May-May"), List.of("Will Young"), List.of("Maya Lin")));
        String hidden = pseudonyms.hide("Maya Okafor told Will that maya will call. Young people! MAY-MAY, Lin?");
        assertThat(hidden)
                .isEqualTo("Person 1 told Person 2 that Person 1 will call. Person 2 people! Person 1, Person 3?");
        assertThat(pseudonyms.restore("Person 1 is close to Person 2, not Person 12."))
                .isEqualTo("Maya Okafor is close to Will Young, not Person 12.");
        assertThat(new Gate(List.of(), pseudonyms.names()).objection(hidden)).isEmpty();
    }

    @Test
    void replacementsOfSeveralThreadsAreAllCounted() throws Exception {
        int threads = 4;
        int texts = 3_000;
        Redactor redactor = new Redactor("US");
        CyclicBarrier together = new CyclicBarrier(threads);
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(pool.submit(() -> {
                    together.await();
                    for (int n = 0; n < texts; n++) {
                        redactor.redact("a@example.org");
                    }
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        }
        assertThat(redactor.counts()).containsExactly(Map.entry(Sensitive.EMAIL, threads * texts));
    }
}
