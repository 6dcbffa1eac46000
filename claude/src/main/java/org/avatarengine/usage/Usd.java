package org.avatarengine.usage;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * An amount of money.
 *
 * @param pico the amount in trillionths of a US dollar, so that even a token at 0.005 dollars per million is a whole
 *     number
 */
public record Usd(long pico) implements Comparable<Usd> {
    public static final Usd ZERO = new Usd(0);

    /** No limit. */
    public static final Usd UNLIMITED = new Usd(Long.MAX_VALUE);

    private static final BigDecimal PICO = BigDecimal.TEN.pow(12);

    /**
     * An amount in dollars.
     *
     * @throws ArithmeticException when the amount exceeds nine million dollars
     */
    public static Usd of(BigDecimal dollars) {
        return new Usd(dollars.multiply(PICO).setScale(0, RoundingMode.HALF_UP).longValueExact());
    }

    /** Parses an amount in dollars. */
    public static Usd of(String dollars) {
        return of(new BigDecimal(dollars));
    }

    public Usd plus(Usd other) {
        return new Usd(Math.addExact(pico, other.pico));
    }

    public Usd minus(Usd other) {
        return new Usd(Math.subtractExact(pico, other.pico));
    }

    public BigDecimal dollars() {
        return BigDecimal.valueOf(pico, 12);
    }

    @Override
    public int compareTo(Usd other) {
        return Long.compare(pico, other.pico);
    }

    /** The amount in dollars and cents, with more decimal places for small amounts: {@code $12.34}, {@code $0.0042}. */
    @Override
    public String toString() {
        if (equals(UNLIMITED)) {
            return "no limit";
        }
        double value = pico / 1e12;
        int places = Math.abs(value) >= 1 || pico == 0 ? 2 : Math.abs(value) >= 0.0001 ? 4 : 8;
        return String.format(Locale.ROOT, value < 0 ? "-$%,." + places + "f" : "$%,." + places + "f", Math.abs(value));
    }
}
