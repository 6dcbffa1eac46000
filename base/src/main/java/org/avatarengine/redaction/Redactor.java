package org.avatarengine.redaction;

import com.google.i18n.phonenumbers.PhoneNumberMatch;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces personal data by placeholders that name its kind. It errs on the side of too much: any long number is
 * replaced. Dates and prices are kept.
 */
public final class Redactor {
    private final PhoneNumberUtil phones = PhoneNumberUtil.getInstance();
    private final String region;
    /** Shared by several threads that redact concurrently. */
    private final Map<Sensitive, Integer> counts = new ConcurrentHashMap<>();

    /** @param region the country of phone numbers without a prefix, such as {@code US} */
    public Redactor(String region) {
        this.region = region;
    }

    /** Replaces personal data in a text. The result is in Unicode normal form NFKC. */
    public String redact(String text) {
        String out = Patterns.plain(text);
        out = replace(out, Patterns.KEY, Sensitive.KEY);
        out = replace(out, Patterns.SECRET, match -> {
            count(Sensitive.SECRET);
            return match.group(1) + match.group(2) + Sensitive.SECRET.placeholder();
        });
        out = replace(out, Patterns.LINK, match -> {
            count(Sensitive.LINK);
            return "[LINK " + match.group(1) + "]";
        });
        out = replace(out, Patterns.EMAIL, Sensitive.EMAIL);
        out = replace(out, Patterns.COORDINATES, Sensitive.PLACE);
        out = replace(
                out, Patterns.IBAN, match -> Patterns.iban(match.group()) ? placed(Sensitive.ACCOUNT) : match.group());
        out = replace(
                out,
                Patterns.CARD,
                match -> Patterns.luhn(Patterns.digits(match.group())) ? placed(Sensitive.CARD) : match.group());
        out = replace(out, Patterns.ADDRESS, Sensitive.ADDRESS);
        out = replace(out, Patterns.POST_CODE, Sensitive.ADDRESS);
        out = phoneNumbers(out);
        return replace(
                out,
                Patterns.DATE_OR_NUMBER,
                match -> match.group(1) != null ? match.group() : placed(Sensitive.NUMBER));
    }

    private String phoneNumbers(String text) {
        StringBuilder out = new StringBuilder();
        int from = 0;
        for (PhoneNumberMatch match : phones.findNumbers(text, region)) {
            if (!Patterns.DATE.matcher(match.rawString()).matches()) {
                out.append(text, from, match.start()).append(placed(Sensitive.PHONE));
                from = match.end();
            }
        }
        return out.append(text.substring(from)).toString();
    }

    private String replace(String text, Pattern pattern, Sensitive kind) {
        return replace(text, pattern, match -> placed(kind));
    }

    private static String replace(String text, Pattern pattern, Function<MatchResult, String> by) {
        return pattern.matcher(text).replaceAll(match -> Matcher.quoteReplacement(by.apply(match)));
    }

    private String placed(Sensitive kind) {
        count(kind);
        return kind.placeholder();
    }

    private void count(Sensitive kind) {
        counts.merge(kind, 1, Integer::sum);
    }

    /** The number of replacements so far, by kind. */
    public Map<Sensitive, Integer> counts() {
        Map<Sensitive, Integer> ordered = new EnumMap<>(Sensitive.class);
        ordered.putAll(counts);
        return ordered;
    }
}
