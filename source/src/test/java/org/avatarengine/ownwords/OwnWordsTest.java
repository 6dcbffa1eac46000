package org.avatarengine.ownwords;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.avatarengine.event.MessageKind;
import org.avatarengine.event.Service;
import org.avatarengine.event.TextRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OwnWordsTest {
    private static OwnWords of(String text, TextRange... ranges) {
        return OwnWords.of(text, List.of(ranges), MessageKind.TYPED, Service.SMS, false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Liked “See you at five”",
                "Liked an image",
                "Laughed at “he said “no” twice”",
                "Loved “a long one that was cut…",
                "Emphasised \"x\"",
                "👍 to “ok then”",
                "\u200A\u200B👍🏽\u200B to\u200A“\u200Aok then\u200A”",
                "Reacted 😂 to “two\nlines”",
                "Reacted ❤️ to a photo",
                "Removed a heart from “x”",
                "Removed 👍 from “x”",
                "Le encantó “hola”",
                "Reaccionó con 😂 a “hola”",
                "A adoré « à demain »",
                "N’a pas aimé « bof »",
                "A réagi avec 🔥 à « la photo »",
                "a attribué la mention « Adore » à « on y va »",
                "Gefällt „bis gleich“",
                "Hat mit 😂 auf „bis gleich“ reagiert",
                "Ha messo “Mi piace” a “a dopo”",
                "Curtiu “até já”",
                "Понравилось «до завтра»",
                "「また明日」に「いいね」をしました",
                "赞了“明天见”"
            })
    void aReactionToldInASentenceIsNotTyped(String text) {
        assertThat(of(text)).isEqualTo(new OwnWords(MessageKind.REACTION_TEXT, ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Liked it a lot",
                "Liked “Dune”, you?",
                "She said “no way”",
                "Loved seeing you",
                "👍",
                "👍 to that",
                "“no way”",
                "Questioned everything today",
                "Gefällt mir gut",
                "Lacht über alles",
                "the door code is 4512",
                "we meet at 10:30, room 204",
                "ok"
            })
    void whatIsTypedStays(String text) {
        assertThat(of(text)).isEqualTo(new OwnWords(MessageKind.TYPED, text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "123456 is your Acme verification code",
                "G-482913 is your Google code",
                "Ihr Bestätigungscode lautet 482 913",
                "Votre code de vérification est 482913",
                "【某某】验证码 482913，五分钟内有效"
            })
    void aCodeIsNotTyped(String text) {
        assertThat(of(text).kind()).isEqualTo(MessageKind.ONE_TIME_CODE);
        assertThat(OwnWords.of(text, List.of(), MessageKind.TYPED, Service.SMS, true)
                        .kind())
                .as("nobody types codes for others to sign in")
                .isEqualTo(MessageKind.TYPED);
    }

    @Test
    void quotedAndForwardedRangesAreLeftOut() {
        String text = "Yes, gladly!\nOn Monday Ann wrote:\nComing?";
        TextRange quoted = new TextRange(13, text.length(), TextRange.Kind.QUOTED, null);
        assertThat(of(text, quoted)).isEqualTo(new OwnWords(MessageKind.TYPED, "Yes, gladly!"));
        assertThat(of(text, new TextRange(0, text.length(), TextRange.Kind.FORWARDED, null)))
                .isEqualTo(new OwnWords(MessageKind.FORWARDED, ""));
        assertThat(of("> Coming?\nYes")).isEqualTo(new OwnWords(MessageKind.TYPED, "Yes"));
        assertThat(of("> Coming?")).isEqualTo(new OwnWords(MessageKind.QUOTED, ""));
    }

    @ParameterizedTest
    @EnumSource(value = MessageKind.class, mode = EnumSource.Mode.EXCLUDE, names = "TYPED")
    void whatASourceMarksHasNoOwnWords(MessageKind told) {
        assertThat(OwnWords.of("I am driving", List.of(), told, Service.IMESSAGE, true))
                .isEqualTo(new OwnWords(told, ""));
    }
}
