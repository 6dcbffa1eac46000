package org.avatarengine.language;

/**
 * A share of a sample with its 95% interval (Wilson, JASA 22, 1927).
 *
 * @param value from 0 to 1
 * @param low lower end of the interval
 * @param high upper end of the interval
 * @param of the size of the sample
 */
public record Share(double value, double low, double high, long of) {
    private static final double Z = 1.959964;

    /** A share of a sample. For an empty sample, the interval is from 0 to 1. */
    public static Share of(double part, long whole) {
        if (whole == 0) {
            return new Share(0, 0, 1, 0);
        }
        double p = part / whole;
        double z2 = Z * Z / whole;
        double middle = (p + z2 / 2) / (1 + z2);
        double half = Z * Math.sqrt(p * (1 - p) / whole + z2 / (4 * whole)) / (1 + z2);
        return new Share(p, Math.max(0, middle - half), Math.min(1, middle + half), whole);
    }
}
