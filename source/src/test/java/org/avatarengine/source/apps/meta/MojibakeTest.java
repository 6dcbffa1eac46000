package org.avatarengine.source.apps.meta;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class MojibakeTest {
    /** Any text can be restored from Meta's encoding. */
    @Property(tries = 300)
    void anyTextIsRestored(@ForAll String text) {
        String safe = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        String latin = new String(safe.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        assertThat(Mojibake.mend(latin)).isEqualTo(safe);
    }

    @Test
    void otherTextIsNotChanged() {
        assertThat(Mojibake.mend("é alone")).isEqualTo("é alone");
        assertThat(Mojibake.mend("Ω")).isEqualTo("Ω");
        assertThat(Mojibake.mend(null)).isNull();
    }
}
