package org.avatarengine.app.print;

import java.math.BigDecimal;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.util.JsonGeneratorDelegate;

/**
 * Writes numbers as plain decimals. {@code 0E-12} and {@code 1.0E-5} are valid JSON, but many programs that read JSON
 * do not understand them. A number that JSON cannot hold, such as NaN, becomes null.
 */
final class PlainNumbers extends JsonGeneratorDelegate {
    PlainNumbers(JsonGenerator generator) {
        super(generator, false);
    }

    @Override
    public JsonGenerator writeNumber(BigDecimal value) {
        return super.writeNumber(value.stripTrailingZeros());
    }

    @Override
    public JsonGenerator writeNumber(double value) {
        return Double.isFinite(value) ? super.writeNumber(decimal(Double.toString(value))) : writeNull();
    }

    @Override
    public JsonGenerator writeNumber(float value) {
        return Float.isFinite(value) ? super.writeNumber(decimal(Float.toString(value))) : writeNull();
    }

    @Override
    public JsonGenerator writeArray(double[] values, int offset, int length) {
        writeStartArray(values, length);
        for (int i = offset; i < offset + length; i++) {
            writeNumber(values[i]);
        }
        return writeEndArray();
    }

    private static BigDecimal decimal(String digits) {
        BigDecimal exact = new BigDecimal(digits);
        return digits.contains("E") ? exact.stripTrailingZeros() : exact;
    }
}
