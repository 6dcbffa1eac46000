package org.avatarengine.source.typedstream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.avatarengine.demo.TypedstreamWriter;
import org.avatarengine.demo.TypedstreamWriter.Run;
import org.avatarengine.demo.TypedstreamWriter.Url;
import org.avatarengine.event.Body;
import org.avatarengine.event.TextRange;
import org.avatarengine.event.TextRange.Kind;
import org.junit.jupiter.api.Test;

class AttributedStringDecoderTest {
    private static final String PART = "__kIMMessagePartAttributeName";

    /** The stream in {@code docs/typedstream.md}, byte by byte, created without our writer. */
    private static byte[] handMade() {
        return bytes(
                4,
                11,
                "streamtyped",
                0x81,
                0xE8,
                0x03, // version 4, signature, system 1000
                0x84,
                1,
                "@", // string 0: one object follows
                0x84,
                0x84,
                0x84,
                18,
                "NSAttributedString",
                0, // object 0, class 1, string 1
                0x84,
                0x84,
                8,
                "NSObject",
                0,
                0x85, // class 2, string 2; no superclass
                0x92, // string 0: an object
                0x84,
                0x84,
                0x84,
                8,
                "NSString",
                1,
                0x94, // object 3, class 4, string 3; superclass 2
                0x84,
                1,
                "+",
                5,
                "Hello",
                0x86, // string 4: the bytes; end of object 3
                0x84,
                2,
                "iI",
                1,
                5, // string 5: run 1, five units long
                0x92, // an object
                0x84,
                0x84,
                0x84,
                12,
                "NSDictionary",
                0,
                0x94, // object 5, class 6, string 6
                0x84,
                1,
                "i",
                1, // string 7: one pair
                0x92,
                0x84,
                0x96,
                0x96,
                29,
                PART,
                0x86, // object 7: NSString again (class 4), its type (string 4)
                0x92,
                0x84,
                0x84,
                0x84,
                8,
                "NSNumber",
                0,
                0x84,
                0x84,
                7,
                "NSValue",
                0,
                0x94, // object 8 and classes
                0x84,
                1,
                "*",
                0x84,
                0x99,
                0x99,
                0,
                0x86, // its type is string 7 ("i"), its value 0
                0x86,
                0x86); // end of the dictionary and of the attributed string
    }

    private static byte[] bytes(Object... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Object part : parts) {
            if (part instanceof String text) {
                out.writeBytes(text.getBytes(UTF_8));
            } else {
                out.write((Integer) part);
            }
        }
        return out.toByteArray();
    }

    @Test
    void readsAHandWrittenStream() {
        Body body = AttributedStringDecoder.decode(handMade());
        assertThat(body).isEqualTo(new Body("Hello", List.of(), Body.Origin.ATTRIBUTED, null));
    }

    @Test
    void ourWriterCreatesTheSameStream() {
        assertThat(TypedstreamWriter.plain("Hello")).isEqualTo(handMade());
    }

    @Test
    void rangesAreInUtf16Units() {
        // The family emoji has 11 UTF-16 units, 25 bytes in UTF-8, and is one visible character.
        String family = "👨‍👩‍👧‍👦";
        String text = family + "é @Zoë https://x.example";
        int mention = text.indexOf('@');
        int link = text.indexOf("http");
        Body body = AttributedStringDecoder.decode(TypedstreamWriter.attributed(
                text,
                List.of(
                        new Run(mention, Map.of(PART, 0L)),
                        new Run(4, Map.of(PART, 0L, "__kIMMentionConfirmedMention", "zoe@example.com")),
                        new Run(1, Map.of(PART, 0L)),
                        new Run(
                                text.length() - link,
                                Map.of(PART, 0L, "__kIMLinkAttributeName", new Url("https://x.example"))))));
        assertThat(body.problem()).isNull();
        assertThat(body.ranges())
                .containsExactly(
                        new TextRange(mention, mention + 4, Kind.MENTION, "zoe@example.com"),
                        new TextRange(link, text.length(), Kind.LINK, "https://x.example"));
        assertThat(text.substring(mention, mention + 4)).isEqualTo("@Zoë");
    }

    @Test
    void readsAllKindsOfMarks() {
        String text = "\uFFFCbold 482913 tomorrow ripple";
        Body body = AttributedStringDecoder.decode(TypedstreamWriter.attributed(
                text,
                List.of(
                        new Run(
                                1,
                                Map.of(
                                        PART,
                                        0L,
                                        "__kIMFileTransferGUIDAttributeName",
                                        "at_0_X",
                                        "IMAudioTranscription",
                                        "hello there")),
                        new Run(5, Map.of(PART, 1L, "__kIMTextBoldAttributeName", 1L)),
                        new Run(
                                7,
                                Map.of(
                                        PART,
                                        1L,
                                        "__kIMOneTimeCodeAttributeName",
                                        Map.of("code", "482913", "displayCode", "482913"))),
                        new Run(9, Map.of(PART, 1L, "__kIMCalendarEventAttributeName", "x")),
                        new Run(6, Map.of(PART, 1L, "__kIMTextEffectAttributeName", 4L)))));
        assertThat(body.problem()).isNull();
        assertThat(body.ranges())
                .containsExactly(
                        new TextRange(0, 1, Kind.PART, "0"),
                        new TextRange(0, 1, Kind.ATTACHMENT, "at_0_X"),
                        new TextRange(0, 1, Kind.TRANSCRIPTION, "hello there"),
                        new TextRange(1, 28, Kind.PART, "1"),
                        new TextRange(1, 6, Kind.STYLE, "bold"),
                        new TextRange(6, 13, Kind.ONE_TIME_CODE, "482913"),
                        new TextRange(13, 22, Kind.DATE, null),
                        new TextRange(22, 28, Kind.EFFECT, "ripple"));
    }

    @Test
    void recoversTheTextOfATruncatedStream() {
        byte[] whole = TypedstreamWriter.plain("The text comes early, so it survives");
        Body body = AttributedStringDecoder.decode(Arrays.copyOf(whole, whole.length - 40));
        assertThat(body.text()).isEqualTo("The text comes early, so it survives");
        assertThat(body.origin()).isEqualTo(Body.Origin.RECOVERED);
        assertThat(body.problem()).startsWith("a length runs past the end at byte ");
    }

    @Test
    void recoversTheTextWhenTheHeaderIsDamaged() {
        byte[] stream = TypedstreamWriter.plain("still here");
        stream[3] = 'X';
        Body body = AttributedStringDecoder.decode(stream);
        assertThat(body.text()).isEqualTo("still here");
        assertThat(body.origin()).isEqualTo(Body.Origin.RECOVERED);
    }

    @Test
    void flagsInvalidUnicode() {
        byte[] stream = TypedstreamWriter.plain("abcde");
        int at = new String(stream, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("abcde");
        stream[at + 2] = (byte) 0xFF;
        Body body = AttributedStringDecoder.decode(stream);
        assertThat(body.text()).isEqualTo("ab\uFFFDde");
        assertThat(body.problem()).isEqualTo("the text is not valid Unicode");
    }

    @Test
    void aReplacementCharacterInTheTextIsValid() {
        assertThat(AttributedStringDecoder.decode(TypedstreamWriter.plain("a\uFFFDb"))
                        .problem())
                .isNull();
    }

    @Test
    void cyclicReferencesAreHandled() {
        // The attributed string's own attributes are the attributed string itself: object 0.
        byte[] stream = bytes(
                4,
                11,
                "streamtyped",
                0x81,
                0xE8,
                0x03,
                0x84,
                1,
                "@",
                0x84,
                0x84,
                0x84,
                18,
                "NSAttributedString",
                0,
                0x84,
                0x84,
                8,
                "NSObject",
                0,
                0x85,
                0x92,
                0x84,
                0x84,
                0x84,
                8,
                "NSString",
                1,
                0x94,
                0x84,
                1,
                "+",
                2,
                "hi",
                0x86,
                0x84,
                2,
                "iI",
                1,
                2,
                0x92,
                0x92,
                0x86);
        Body body = assertTimeoutPreemptively(Duration.ofSeconds(5), () -> AttributedStringDecoder.decode(stream));
        assertThat(body.text()).isEqualTo("hi");
    }

    @Test
    void aHundredMegabytesOfNestingAreRefusedAtOnce() {
        byte[] stream = new byte[100 << 20];
        byte[] head = bytes(4, 11, "streamtyped", 0x81, 0xE8, 0x03, 0x84, 1, "@");
        Arrays.fill(stream, (byte) 0x84);
        System.arraycopy(head, 0, stream, 0, head.length);
        Body body = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> AttributedStringDecoder.decode(stream));
        assertThat(body.problem()).isNotNull();
    }

    @Test
    void aHundredMegabytesOfTextAreRead() {
        String text = "x".repeat(100 << 20);
        Body body = AttributedStringDecoder.decode(TypedstreamWriter.plain(text));
        assertThat(body.problem()).isNull();
        assertThat(body.text()).hasSize(100 << 20);
    }

    @Test
    void invalidLengthsAllocateNothing() {
        byte[] stream = bytes(
                4, 11, "streamtyped", 0x81, 0xE8, 0x03, 0x84, 1, "@", 0x84, 0x84, 0x84, 0x82, 0xFF, 0xFF, 0xFF, 0x7F);
        Body body = AttributedStringDecoder.decode(stream);
        assertThat(body.text()).isEmpty();
        assertThat(body.problem()).startsWith("a length runs past the end");
    }
}
