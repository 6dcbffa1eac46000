package org.avatarengine.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
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

    @org.junit.jupiter.api.Test
    void anUnknownRegionIsRefused() {
        assertThatThrownBy(() -> new HandleNormalizer("Atlantis")).hasMessageStartingWith("Unknown region");
    }
}
