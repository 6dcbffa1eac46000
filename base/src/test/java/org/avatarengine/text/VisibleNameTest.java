package org.avatarengine.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleNameTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Maya Okafor",
                "José Ñuñez",
                "محمد",
                "می\u200Cخواهم",
                "क्\u200Dष",
                "👨\u200D👩\u200D👧",
                "🏳️\u200D🌈",
                "王小明"
            })
    void ordinaryNamesStayTheSame(String name) {
        assertThat(VisibleName.of(name)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "\u202Eevil\u202C,[U+202E]evil[U+202C]",
        "\u200B\u200B,[U+200B][U+200B]",
        "Ma\u200Dya,Ma[U+200D]ya",
        "Maya\u00ADOkafor,Maya[U+00AD]Okafor",
        "\u2066Maya\u2069,[U+2066]Maya[U+2069]",
        "\u200EMaya\u200F,Maya",
        "\u3164,[U+3164]"
    })
    void hiddenCharactersAreShown(String name, String shown) {
        assertThat(VisibleName.of(name)).isEqualTo(shown);
    }

    @org.junit.jupiter.api.Test
    void lineBreaksAndTabsAreShown() {
        assertThat(VisibleName.of("Line\nBreak\t")).isEqualTo("Line[U+000A]Break[U+0009]");
    }
}
