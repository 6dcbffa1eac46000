package org.avatarengine.identity;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.Locale;
import java.util.regex.Pattern;
import org.avatarengine.event.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Normalizes addresses, so that a phone number written in two ways gives one handle. Phone numbers are converted to
 * E.164 with libphonenumber, e-mail addresses to lower case.
 *
 * <p>What is dialled after a number (an extension, or digits after a pause) is no part of the handle: the number
 * identifies the person's telephone, and messages never come from an extension.
 */
public final class HandleNormalizer {
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s]+");

    /** Digits of all scripts; spaces, dots and dashes of all kinds; the marks of direction that phones put around. */
    private static final Pattern PHONE =
            Pattern.compile("(?=.*\\p{Nd})[+\uff0b]?[\\p{Nd}\\s().\\-/\u00a0\u2007\u202f\u2010-\u2015\u2212"
                    + "\u200e\u200f\u202a-\u202e\u2066-\u2069\uff0d]+");

    /** What is dialled after a number: pauses ("," ";" "p" "w") with digits, or an extension by one of its names. */
    private static final Pattern DIALLED_AFTER =
            Pattern.compile("(?iu)\\s*(?:(?:[,;]\\s*)*(?:ext(?:ension|\\.|n\\.?)?|e?xtn?\\.?|x"
                    + "|int(?:erno|\\.)?|anexo|ramal|poste|durchwahl|dw\\.?|app\\.?|nebenstelle|wewn\\.?|доб\\.?|#)\\s*[:.=]?\\s*\\p{Nd}{1,12}#?"
                    + "|(?:[,;]|p(?=[\\p{Nd},;*#pw ])|w(?=[\\p{Nd},;*#pw ]))[\\p{Nd},;*#pw\\s-]*|;[a-z-]+=[^;]*)\\s*$");

    private static final Pattern ANOTHER_NUMBER = Pattern.compile("(?:\\p{Nd}[\\s-]?){9}(?![^;,]*[#*])");

    private static final Pattern INVISIBLE = Pattern.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]");
    private static final int LONGEST_SHORT_CODE = 6;

    /** No number of a subscriber is shorter with its country code. */
    private static final int SHORTEST_INTERNATIONAL = 8;

    private final PhoneNumberUtil phones = PhoneNumberUtil.getInstance();
    private final String region;

    /** @param region ISO 3166-1 alpha-2 region of numbers without a country code */
    public HandleNormalizer(String region) {
        String upper = region.toUpperCase(Locale.ROOT);
        if (!phones.getSupportedRegions().contains(upper)) {
            throw new IllegalArgumentException(
                    "Unknown region \"" + region + "\". Use a two-letter country code such as US, DE or NG.");
        }
        this.region = upper;
    }

    /** The region of numbers without a country code: ISO 3166-1 alpha-2, upper case. */
    public String region() {
        return region;
    }

    /** The region in this computer's language settings, or US if they contain no region with phone numbers. */
    public static String systemRegion() {
        String country = Locale.getDefault().getCountry();
        return PhoneNumberUtil.getInstance().getSupportedRegions().contains(country) ? country : "US";
    }

    /** Normalizes an address with this normalizer's region. */
    public Handle normalize(String raw) {
        return normalize(raw, null);
    }

    /** @param country the region of this address according to the source, or null to use this normalizer's region */
    public Handle normalize(String raw, @Nullable String country) {
        String address = stripScheme(raw.strip());
        if (EMAIL.matcher(address).matches()) {
            return new Handle(address.toLowerCase(Locale.ROOT), Handle.Kind.EMAIL, raw, null);
        }
        String number = INVISIBLE.matcher(withoutDialledAfter(address)).replaceAll("");
        if (PHONE.matcher(number).matches() && number.codePoints().anyMatch(Character::isDigit)) {
            return phone(number, raw, country);
        }
        return new Handle(address.toLowerCase(Locale.ROOT), Handle.Kind.ACCOUNT, raw, null);
    }

    /** The number before a pause or an extension; the address itself when no number is before it. */
    private static String withoutDialledAfter(String address) {
        String number = address;
        String shorter = DIALLED_AFTER.matcher(number).replaceFirst("");
        while (!shorter.equals(number)) {
            number = shorter;
            shorter = DIALLED_AFTER.matcher(number).replaceFirst("");
        }
        if (ANOTHER_NUMBER.matcher(address.substring(number.length())).find()) {
            return address; // two numbers, not one with something dialled after it
        }
        long digits = number.codePoints().filter(Character::isDigit).count();
        return number.equals(address)
                        || digits > LONGEST_SHORT_CODE && PHONE.matcher(number).matches()
                ? number
                : address;
    }

    /** Apple writes "tel:…", "mailto:…", and accounts as "P:+1…" (phone) or "E:…" (e-mail). */
    private static String stripScheme(String address) {
        for (String scheme : new String[] {"tel:", "mailto:", "P:", "E:"}) {
            if (address.regionMatches(true, 0, scheme, 0, scheme.length())) {
                return address.substring(scheme.length());
            }
        }
        return address;
    }

    private Handle phone(String address, String raw, @Nullable String country) {
        String digits = digits(address);
        boolean international = address.startsWith("+") || address.startsWith("\uff0b");
        if (!international && digits.length() <= LONGEST_SHORT_CODE) {
            return new Handle(digits, Handle.Kind.SHORT_CODE, raw, null);
        }
        String dialledIn = country != null && phones.getSupportedRegions().contains(country.toUpperCase(Locale.ROOT))
                ? country.toUpperCase(Locale.ROOT)
                : region;
        PhoneNumber number = international ? parsed("+" + digits, dialledIn) : meant(address, digits, dialledIn);
        return number == null
                // Not a valid number, but its digits still identify it.
                ? new Handle((international ? "+" : "") + digits, Handle.Kind.PHONE, raw, null)
                : new Handle(
                        phones.format(number, PhoneNumberFormat.E164),
                        Handle.Kind.PHONE,
                        raw,
                        phones.getRegionCodeForNumber(number));
    }

    private static String digits(String address) {
        StringBuilder digits = new StringBuilder();
        address.codePoints()
                .filter(Character::isDigit)
                .forEach(c -> digits.append((char) ('0' + Character.digit(c, 10))));
        return digits.toString();
    }

    /**
     * What a number without a plus means. A valid number of the region is meant as such. Some phones leave out the plus
     * of a number with its country code, so a number that is valid only with a plus is one. A number that is valid in
     * neither way is converted only if it has a possible length in the region.
     */
    private @Nullable PhoneNumber meant(String address, String digits, String dialledIn) {
        PhoneNumber national = parsed(address, dialledIn);
        if (national != null && phones.isValidNumber(national)) {
            return national;
        }
        PhoneNumber withPlus = digits.length() < SHORTEST_INTERNATIONAL || digits.startsWith("0")
                ? null
                : parsed("+" + digits, dialledIn);
        if (withPlus != null && phones.isValidNumber(withPlus)) {
            return withPlus;
        }
        return national != null && phones.isPossibleNumber(national) ? national : null;
    }

    private @Nullable PhoneNumber parsed(String address, String dialledIn) {
        try {
            PhoneNumber number = phones.parse(address, dialledIn);
            number.clearExtension();
            return number;
        } catch (NumberParseException e) {
            return null; // the caller says what follows
        }
    }
}
