package org.avatarengine.text;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class FormulaGuardTest {
    @Provide
    Arbitrary<String> cells() {
        return Arbitraries.strings().withChars("'=+-@\t\r\n1.a\uFF1D ").ofMaxLength(6);
    }

    @Property
    void protectionIsUndoneExactly(@ForAll("cells") String text) {
        assertThat(FormulaGuard.restore(FormulaGuard.protect(text))).isEqualTo(text);
    }

    @Property
    void noProtectedCellBeginsLikeAFormula(@ForAll("cells") String text) {
        assertThat(FormulaGuard.protect(text))
                .satisfiesAnyOf(
                        cell -> assertThat(cell).doesNotMatch("(?s)^[=+\\-@\\t\\r\\n\\uFF1D].*"),
                        cell -> assertThat(cell).matches("[+-]?\\d+(\\.\\d+)?"));
    }
}
