package org.avatarengine.usage;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * An amount of money.
 *
 * @param pico trillionths of a US dollar: a token at half of 0.01 dollars per million still is a whole number of them
 */
public record Usd(long pico) implements Comparable<Usd> {
    public static final Usd ZERO = new Usd(0);

    /** No limit. */
    public static final Usd UNLIMITED = new Usd(Long.MAX_VALUE);

    private static final BigDecimal PICO = BigDecimal.TEN.pow(12);

    /**
     * An amount in dollars.
     *
     * @throws ArithmeticException beyond nine million dollars
     */
    public static Usd of(BigDecimal dollars) {
        return new Usd(dollars.multiply(PICO).setScale(0, RoundingMode.HALF_UP).longValueExact());
    }

    /** An amount in dollars, as people write it. */
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

    /** Dollars and cents, with as many more places as small amounts need: {@code $12.34}, {@code $0.0042}. */
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
