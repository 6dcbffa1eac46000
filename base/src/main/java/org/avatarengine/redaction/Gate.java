package org.avatarengine.redaction;

import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.avatarengine.failure.NotRedacted;
import org.jspecify.annotations.Nullable;

/**
 * Checks every text before it leaves the computer and refuses it if it contains personal data. It does not rely on
 * {@link Redactor}: it searches for all stored addresses in any notation, and detects other personal data by separate,
 * coarser rules.
 */
public final class Gate {
    private static final Pattern AT = Pattern.compile("[\\p{L}\\p{N}]\\s?@\\s?[\\p{L}\\p{N}-]+\\.\\p{L}");
    private static final Pattern DIGITS = Pattern.compile("\\p{Nd}(?:[ ().\\-/–_]{0,3}\\p{Nd}){6,}");
    private static final Pattern OWN_TIMES =
            Pattern.compile("\\b\\d{4}-\\d{2}-\\d{2}(?:[ T]\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d+)?)?Z?)?\\b");
    private static final Pattern MARKS = Pattern.compile(
            "(?i)BEGIN [A-Z ]*PRIVATE KEY|\\bsk-ant-|\\bAKIA[0-9A-Z]{12}|\\bghp_\\w{10}|\\beyJ\\w{6,}\\.eyJ|\\bxox[a-z]-");
    private static final int LEAST_DIGITS = 7;

    private final Set<String> addresses = new HashSet<>();
    private final @Nullable Pattern names;

    /**
     * @param handles all phone numbers and e-mail addresses in the store
     * @param names names that must be pseudonymized; empty if names may leave
     */
    public Gate(Collection<String> handles, Collection<String> names) {
        for (String handle : handles) {
            if (handle.contains("@")) {
                addresses.add(handle.toLowerCase(Locale.ROOT));
            } else if (Patterns.digits(handle).length() >= LEAST_DIGITS) {
                String digits = Patterns.digits(handle);
                // Only the last digits count, because numbers are written with and without a country prefix.
                addresses.add(digits.substring(Math.max(0, digits.length() - LEAST_DIGITS)));
            }
        }
        this.names = Pseudonyms.pattern(names);
    }

    /**
     * Describes the personal data in a text, without quoting it.
     *
     * @return empty when the text may leave the computer
     */
    public Optional<String> objection(String text) {
        String plain = Patterns.plain(text);
        if (MARKS.matcher(plain).find()) {
            return Optional.of("a possible key");
        }
        if (AT.matcher(plain).find()) {
            return Optional.of("a possible e-mail address");
        }
        String lower = plain.toLowerCase(Locale.ROOT);
        for (String address : addresses) {
            if (address.contains("@") && lower.contains(address)) {
                return Optional.of("an e-mail address from the store");
            }
        }
        Matcher numbers = DIGITS.matcher(OWN_TIMES.matcher(plain).replaceAll("·"));
        while (numbers.find()) {
            String digits = Patterns.digits(numbers.group());
            for (int end = LEAST_DIGITS; end <= digits.length(); end++) {
                if (addresses.contains(digits.substring(end - LEAST_DIGITS, end))) {
                    return Optional.of("a phone number from the store");
                }
            }
        }
        if (DIGITS.matcher(Patterns.DATE.matcher(plain).replaceAll("·")).find()) {
            return Optional.of("a number of seven digits or more");
        }
        return names != null && names.matcher(plain).find() ? Optional.of("a name") : Optional.empty();
    }

    /**
     * Checks a text before it is sent.
     *
     * @param what the kind of text, as named to the user
     * @throws NotRedacted when the text must not be sent
     */
    public void check(String what, String text) {
        objection(text).ifPresent(found -> {
            throw new NotRedacted("Nothing was sent: " + what + " still contained " + found + " after redaction."
                    + " Please report this with a similar, made-up value.");
        });
    }
}
