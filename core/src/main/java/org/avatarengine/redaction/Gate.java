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
 * Looks at what is about to leave the machine and refuses it when personal data is in it. It does not trust
 * {@link Redactor}: it looks for the store's own addresses in any notation, and for the shapes of data by rules of its
 * own, which are coarser.
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
     * @param handles all phone numbers and e-mail addresses of the store
     * @param names names that must not leave, if they are to be pseudonymized
     */
    public Gate(Collection<String> handles, Collection<String> names) {
        for (String handle : handles) {
            if (handle.contains("@")) {
                addresses.add(handle.toLowerCase(Locale.ROOT));
            } else if (Patterns.digits(handle).length() >= LEAST_DIGITS) {
                String digits = Patterns.digits(handle);
                // A number is written with and without its country's prefix.
                addresses.add(digits.substring(Math.max(0, digits.length() - LEAST_DIGITS)));
            }
        }
        this.names = Pseudonyms.pattern(names);
    }

    /**
     * Tells what is wrong with a text, without quoting it.
     *
     * @return empty when it may leave
     */
    public Optional<String> objection(String text) {
        String plain = Patterns.plain(text);
        if (MARKS.matcher(plain).find()) {
            return Optional.of("what looks like a key");
        }
        if (AT.matcher(plain).find()) {
            return Optional.of("what looks like an e-mail address");
        }
        String lower = plain.toLowerCase(Locale.ROOT);
        for (String address : addresses) {
            if (address.contains("@") && lower.contains(address)) {
                return Optional.of("an e-mail address of the store");
            }
        }
        Matcher numbers = DIGITS.matcher(OWN_TIMES.matcher(plain).replaceAll("·"));
        while (numbers.find()) {
            String digits = Patterns.digits(numbers.group());
            for (int end = LEAST_DIGITS; end <= digits.length(); end++) {
                if (addresses.contains(digits.substring(end - LEAST_DIGITS, end))) {
                    return Optional.of("a phone number of the store");
                }
            }
        }
        if (DIGITS.matcher(Patterns.DATE.matcher(plain).replaceAll("·")).find()) {
            return Optional.of("a number of seven digits or more");
        }
        return names != null && names.matcher(plain).find() ? Optional.of("a name") : Optional.empty();
    }

    /**
     * Lets a text pass.
     *
     * @param what names the text for the user
     * @throws NotRedacted when it must not leave
     */
    public void check(String what, String text) {
        objection(text).ifPresent(found -> {
            throw new NotRedacted("Nothing was sent: " + what + " still held " + found
                    + " after redaction. Please report how it was written, with the value changed.");
        });
    }
}
