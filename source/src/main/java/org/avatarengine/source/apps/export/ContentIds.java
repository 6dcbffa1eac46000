package org.avatarengine.source.apps.export;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.avatarengine.source.Digest;
import org.jspecify.annotations.Nullable;

/**
 * Identifiers for messages without identifiers. They are derived from the content; identical messages are numbered in
 * their order. A later export of the same messages therefore gives the same identifiers. The parts must not depend on
 * anything outside the file, such as the computer's time zone or region: otherwise an import on another computer would
 * store every message again.
 */
public final class ContentIds {
    /** A local number without an area code has seven digits in most countries. */
    private static final int SIGNIFICANT = 7;

    private final String prefix;
    private final Map<String, Integer> twins = new HashMap<>();

    public ContentIds(String prefix) {
        this.prefix = prefix;
    }

    /**
     * A phone number in a form that is independent of the region: its last digits, which are the same with and without
     * a country code. Other addresses are returned in lower case.
     */
    public static String address(String written) {
        String digits = written.replaceAll("\\D", "");
        boolean number = digits.length() >= SIGNIFICANT && written.chars().noneMatch(Character::isLetter);
        return number
                ? digits.substring(digits.length() - SIGNIFICANT)
                : written.strip().toLowerCase(Locale.ROOT);
    }

    /** @param parts such as conversation, sender, time and text */
    public String of(@Nullable Object... parts) {
        String content = Arrays.stream(parts).map(String::valueOf).collect(Collectors.joining("\0"));
        String hash = Digest.of(content);
        int twin = twins.merge(hash, 1, Integer::sum);
        return prefix + ":" + hash + (twin == 1 ? "" : "-" + twin);
    }
}
