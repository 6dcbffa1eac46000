package org.avatarengine.redaction;

import com.google.i18n.phonenumbers.PhoneNumberMatch;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces personal data by placeholders that say what stood there. It rather takes too much than too little: a long
 * number goes, whatever it was; dates and prices stay.
 */
public final class Redactor {
    private final PhoneNumberUtil phones = PhoneNumberUtil.getInstance();
    private final String region;
    private final Map<Sensitive, Integer> counts = new EnumMap<>(Sensitive.class);

    /** @param region the country in which numbers without a prefix are dialled, such as {@code US} */
    public Redactor(String region) {
        this.region = region;
    }

    /** The text without personal data, in Unicode's normal form NFKC. */
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

    /** How much of each kind was replaced so far. */
    public Map<Sensitive, Integer> counts() {
        return new EnumMap<>(counts);
    }
}
