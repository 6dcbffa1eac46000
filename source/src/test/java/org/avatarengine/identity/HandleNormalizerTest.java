package org.avatarengine.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.avatarengine.event.Handle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HandleNormalizerTest {
    @ParameterizedTest
    @CsvSource({
        "US, (212) 555-0111, +12125550111, PHONE",
        "US, tel:+1-212-555-0111, +12125550111, PHONE",
        "US, P:+12125550111, +12125550111, PHONE",
        "DE, 030 901820, +4930901820, PHONE",
        "FR, 01 42 68 53 00, +33142685300, PHONE",
        "US, 22333, 22333, SHORT_CODE",
        "US, Anna@Example.COM, anna@example.com, EMAIL",
        "US, mailto:anna@example.com, anna@example.com, EMAIL",
        "US, E:anna@example.com, anna@example.com, EMAIL",
        "US, 61400000001, +61400000001, PHONE",
        "US, 4917012345678, +4917012345678, PHONE",
        "US, 12125550111, +12125550111, PHONE",
        "US, 212-555-0111 x123, +12125550111, PHONE",
        "US, '+1 212 555 0111 ext. 5', +12125550111, PHONE",
        "US, '+12125550111,,123#', +12125550111, PHONE",
        "US, '+12125550111;123', +12125550111, PHONE",
        "US, +12125550111p123w4, +12125550111, PHONE",
        "US, '(212) 555-0111, ext 12', +12125550111, PHONE",
        "US, '(555) 000-9998;5', +15550009998, PHONE",
        "US, '+1 555 000 7776,12', +15550007776, PHONE",
        "US, +12125550111;ext=5, +12125550111, PHONE",
        "US, '+1 212 555 0111,', +12125550111, PHONE",
        "DE, 030 901820 Durchwahl 12, +4930901820, PHONE",
        "US, +١٢١٢٥٥٥٠١١١, +12125550111, PHONE",
        "US, user123456 x12, user123456 x12, ACCOUNT",
        "US, 'Lee, Anna', 'lee, anna', ACCOUNT",
        "US, '2125550111, 2125550122', '2125550111, 2125550122', ACCOUNT",
        "US, '8005550111,,2125550122#', +18005550111, PHONE",
        "US, 1234x5678, 1234x5678, ACCOUNT",
        "US, urn:biz:123, urn:biz:123, ACCOUNT",
        "US, Anna Lee, anna lee, ACCOUNT"
    })
    void normalizesAddresses(String region, String raw, String value, Handle.Kind kind) {
        Handle handle = new HandleNormalizer(region).normalize(raw);
        assertThat(handle.value()).isEqualTo(value);
        assertThat(handle.kind()).isEqualTo(kind);
        assertThat(handle.raw()).isEqualTo(raw);
    }

    @Property(tries = 1000)
    void normalizationIsIdempotent(@ForAll String raw) {
        HandleNormalizer normalizer = new HandleNormalizer("US");
        String once = normalizer.normalize(raw).value();
        assertThat(normalizer.normalize(once).value())
                .isEqualTo(normalizer.normalize(once.strip()).value());
    }

    private static final PhoneNumberUtil PHONES = PhoneNumberUtil.getInstance();

    private static final List<String> REGIONS =
            PHONES.getSupportedRegions().stream().sorted().toList();

    /** A number as people dial it in their own country is a number of that country. */
    @Property(tries = 1000)
    void aValidNumberOfTheRegionStaysNational(@ForAll @IntRange(max = 10_000) int seed) {
        String region = REGIONS.get(seed % REGIONS.size());
        PhoneNumber number = example(region, seed);
        if (number == null) {
            return;
        }
        HandleNormalizer normalizer = new HandleNormalizer(region);
        String e164 = PHONES.format(number, PhoneNumberFormat.E164);
        String national = PHONES.format(number, PhoneNumberFormat.NATIONAL);
        if (national.replaceAll("\\D", "").length() > 6 && PHONES.isValidNumber(parsed(national, region))) {
            assertThat(normalizer.normalize(national).value())
                    .as("%s in %s", national, region)
                    .isEqualTo(PHONES.format(parsed(national, region), PhoneNumberFormat.E164));
        }
        assertThat(normalizer.normalize(e164 + ",,12#").value()).isEqualTo(e164);
        assertThat(normalizer.normalize(e164 + " x12").value()).isEqualTo(e164);
    }

    /** A number with its country code but no plus is that number, unless it is also one of the region. */
    @Property(tries = 1000)
    void aNumberWithoutItsPlusIsNeverImpossible(@ForAll @IntRange(max = 10_000) int seed) {
        PhoneNumber number = example(REGIONS.get(seed % REGIONS.size()), seed);
        String region = REGIONS.get((seed * 31 + 7) % REGIONS.size());
        if (number == null) {
            return;
        }
        String digits = PHONES.format(number, PhoneNumberFormat.E164).substring(1);
        if (digits.length() < 8) {
            return;
        }
        String value = new HandleNormalizer(region).normalize(digits).value();
        assertThat(PHONES.isValidNumber(parsed(value, region)))
                .as("%s in %s: %s", digits, region, value)
                .isTrue();
    }

    private static PhoneNumber example(String region, int seed) {
        PhoneNumberType[] types = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE};
        return PHONES.getExampleNumberForType(region, types[seed / 7 % types.length]);
    }

    private static PhoneNumber parsed(String number, String region) {
        try {
            return PHONES.parse(number, region);
        } catch (NumberParseException e) {
            throw new AssertionError(number + " in " + region, e);
        }
    }

    @org.junit.jupiter.api.Test
    void anUnknownRegionIsRefused() {
        assertThatThrownBy(() -> new HandleNormalizer("Atlantis")).hasMessageStartingWith("Unknown region");
    }
}
