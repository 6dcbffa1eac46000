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
 */
public final class HandleNormalizer {
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s]+");
    private static final Pattern PHONE =
            Pattern.compile("(?=.*[0-9])\\+?[0-9\\s().\\-/\u00a0\u2010-\u2015\u202a\u202c]+");
    private static final int LONGEST_SHORT_CODE = 6;

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
        if (PHONE.matcher(address).matches()) {
            return phone(address, raw, country);
        }
        return new Handle(address.toLowerCase(Locale.ROOT), Handle.Kind.ACCOUNT, raw, null);
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
        String digits = address.replaceAll("[^0-9]", "");
        boolean international = address.startsWith("+");
        if (!international && digits.length() <= LONGEST_SHORT_CODE) {
            return new Handle(digits, Handle.Kind.SHORT_CODE, raw, null);
        }
        String dialledIn = country != null && phones.getSupportedRegions().contains(country.toUpperCase(Locale.ROOT))
                ? country.toUpperCase(Locale.ROOT)
                : region;
        try {
            PhoneNumber number = phones.parse(address, dialledIn);
            return new Handle(
                    phones.format(number, PhoneNumberFormat.E164),
                    Handle.Kind.PHONE,
                    raw,
                    phones.getRegionCodeForNumber(number));
        } catch (NumberParseException e) {
            // Not a valid number, but its digits still identify it.
            return new Handle((international ? "+" : "") + digits, Handle.Kind.PHONE, raw, null);
        }
    }
}
