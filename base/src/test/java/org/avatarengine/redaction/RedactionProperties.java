package org.avatarengine.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RedactionProperties {
    private static final List<String> WORDS =
            List.of("so", "then", "I", "said", "ok", "at 7", "lunch?", "haha", "–", "in 2019");

    @Property(tries = 2000)
    void redactedTextPassesTheGateAndHasNoDigitsOfTheNumber(
            @ForAll("words") String before, @ForAll("numbers") String number, @ForAll("words") String after) {
        String text = before + " " + number + " " + after;
        String redacted = new Redactor("US").redact(text);
        assertThat(redacted).doesNotContain(number);
        assertThat(new Gate(List.of(number), List.of()).objection(redacted)).isEmpty();
        assertThat(new Gate(List.of(number), List.of()).objection(text)).isPresent();
    }

    @Property(tries = 1000)
    void addressesAreRemovedInAnyContext(
            @ForAll("words") String before, @ForAll("mails") String mail, @ForAll("words") String after) {
        String redacted = new Redactor("US").redact(before + " " + mail + " " + after);
        assertThat(redacted).doesNotContain("@").contains("[EMAIL]");
    }

    @Property(tries = 2000)
    void redactionIsIdempotentForAnyText(@ForAll String text) {
        Redactor redactor = new Redactor("US");
        String once = redactor.redact(text);
        assertThat(redactor.redact(once)).isEqualTo(once);
    }

    @Provide
    Arbitrary<String> words() {
        return Arbitraries.of(WORDS).list().ofMinSize(1).ofMaxSize(6).map(words -> String.join(" ", words));
    }

    @Provide
    Arbitrary<String> numbers() {
        Arbitrary<String> digits = Arbitraries.strings().numeric().ofLength(7).map(d -> "2" + d.substring(1));
        Arbitrary<String> separators = Arbitraries.of("", " ", "-", ".", "/");
        return Combinators.combine(digits, separators, Arbitraries.of("415", "+1 415", "0049 30", "(415)"))
                .as((d, s, prefix) -> prefix + (s.isEmpty() ? "" : s) + d.substring(0, 3) + s + d.substring(3));
    }

    @Provide
    Arbitrary<String> mails() {
        Arbitrary<String> part =
                Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(10);
        return Combinators.combine(part, part, Arbitraries.of("org", "co.uk", "de"))
                .as((user, host, end) -> user + "@" + host + "." + end);
    }
}
