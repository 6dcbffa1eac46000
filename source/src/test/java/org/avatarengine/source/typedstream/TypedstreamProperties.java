package org.avatarengine.source.typedstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.avatarengine.demo.TypedstreamWriter;
import org.avatarengine.demo.TypedstreamWriter.Run;
import org.avatarengine.event.Body;
import org.avatarengine.event.TextRange;

class TypedstreamProperties {
    @Provide
    Arbitrary<String> texts() {
        // All of Unicode except lone surrogates, which UTF-8 cannot represent.
        return Arbitraries.integers()
                .between(1, 0x10FFFF)
                .filter(c -> c < 0xD800 || c > 0xDFFF)
                .list()
                .ofMaxSize(300)
                .map(points -> {
                    StringBuilder text = new StringBuilder();
                    points.forEach(text::appendCodePoint);
                    return text.toString();
                });
    }

    @Property(tries = 400)
    void writtenTextIsReadUnchanged(@ForAll("texts") String text) {
        Body body = AttributedStringDecoder.decode(TypedstreamWriter.plain(text));
        assertThat(body.text()).isEqualTo(text);
        assertThat(body.problem()).isNull();
    }

    @Property(tries = 300)
    void eachRunKeepsItsAttributes(
            @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 1, max = 200) Integer> lengths) {
        List<Run> runs = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lengths.size(); i++) {
            text.append("é".repeat(lengths.get(i)));
            runs.add(new Run(lengths.get(i), Map.of("__kIMMentionConfirmedMention", "person " + i)));
        }
        Body body = AttributedStringDecoder.decode(TypedstreamWriter.attributed(text.toString(), runs));
        assertThat(body.problem()).isNull();
        int at = 0;
        for (int i = 0; i < lengths.size(); i++) {
            assertThat(body.ranges().get(i))
                    .isEqualTo(new TextRange(at, at + lengths.get(i), TextRange.Kind.MENTION, "person " + i));
            at += lengths.get(i);
        }
    }

    @Property(tries = 3000)
    void noBytesBreakTheDecoder(@ForAll @Size(max = 600) byte[] bytes) {
        check(AttributedStringDecoder.decode(bytes));
    }

    @Property(tries = 6000)
    void noDamageBreaksTheDecoder(
            @ForAll("texts") String text,
            @ForAll @Size(min = 1, max = 8) List<Integer> places,
            @ForAll @Size(min = 8, max = 8) byte[] values,
            @ForAll @IntRange(max = 40) int cut) {
        byte[] stream = TypedstreamWriter.attributed(
                text,
                List.of(
                        new Run(text.length() / 2, Map.of("a", "b", "__kIMMessagePartAttributeName", 1L)),
                        new Run(text.length() - text.length() / 2, Map.of("c", Map.of("code", "1")))));
        for (int i = 0; i < places.size(); i++) {
            stream[Math.floorMod(places.get(i), stream.length)] = values[i];
        }
        check(AttributedStringDecoder.decode(java.util.Arrays.copyOf(stream, Math.max(0, stream.length - cut))));
    }

    /** Every result is usable: ranges are within the text, and a damaged body has a problem. */
    private static void check(Body body) {
        for (TextRange range : body.ranges()) {
            assertThat(range.start()).isBetween(0, range.end());
            assertThat(range.end()).isLessThanOrEqualTo(body.text().length());
        }
        assertThat(body.origin() == Body.Origin.RECOVERED).isEqualTo(body.problem() != null);
    }
}
