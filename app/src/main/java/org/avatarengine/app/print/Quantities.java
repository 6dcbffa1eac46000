package org.avatarengine.app.print;

/** Durations and sizes as people read them, such as "3 min 20 s" and "1.2 GB". */
public final class Quantities {
    private static final String[] UNITS = {"bytes", "kB", "MB", "GB", "TB"};
    private static final int STEP = 1000;

    private Quantities() {}

    /** A duration with its two largest units, from tenths of a second to days. */
    public static String duration(double seconds) {
        if (seconds < 9.95) {
            return String.format(ReaderLocale.get(), "%.1f s", seconds);
        }
        long whole = Math.round(seconds);
        if (whole < 60) {
            return whole + " s";
        }
        if (whole < 3600) {
            return pair(whole / 60, "min", whole % 60, "s");
        }
        long minutes = Math.round(seconds / 60);
        if (minutes < 24 * 60) {
            return pair(minutes / 60, "h", minutes % 60, "min");
        }
        long hours = Math.round(seconds / 3600);
        return pair(hours / 24, hours / 24 == 1 ? "day" : "days", hours % 24, "h");
    }

    private static String pair(long large, String largeUnit, long small, String smallUnit) {
        return large + " " + largeUnit + (small == 0 ? "" : " " + small + " " + smallUnit);
    }

    /** A size in decimal units, as operating systems show file sizes. */
    public static String size(long bytes) {
        double shown = bytes;
        int unit = 0;
        while (shown >= STEP - 0.05 && unit < UNITS.length - 1) {
            shown /= STEP;
            unit++;
        }
        return String.format(ReaderLocale.get(), unit == 0 ? "%.0f %s" : "%.1f %s", shown, UNITS[unit]);
    }
}
